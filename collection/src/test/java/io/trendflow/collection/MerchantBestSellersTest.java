package io.trendflow.collection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.schemas.PullManifest.PullDays;
import io.trendflow.testing.shop.FakeMerchant;
import io.trendflow.testing.shop.ScriptedFault;
import io.trendflow.testing.shop.ShopClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulls of best sellers from an imitated Merchant API. */
class MerchantBestSellersTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** The Monday of the latest week that has a report at first. */
  private static final LocalDate MONDAY = LocalDate.parse("2026-09-21");

  // A Wednesday, two days after the week was over.
  private final ShopClock clock = new ShopClock(Instant.parse("2026-09-30T05:00:00Z"));
  private final FakeMerchant merchant = new FakeMerchant(clock);
  private final List<String> progress = new ArrayList<>();
  private final Path raw;
  private final SourcePulls pulls;

  MerchantBestSellersTest(@TempDir Path raw) {
    this.raw = raw;
    this.pulls =
        new SourcePulls(
            "best",
            settings(merchant),
            Map.of("MERCHANT_TOKEN", FakeMerchant.TOKEN, "OTHER", "wrong"),
            ZoneOffset.UTC,
            raw,
            clock,
            progress);
  }

  @AfterEach
  void stop() {
    merchant.close();
  }

  private PullReport pull() {
    return pull(Map.of(), null);
  }

  private PullReport pull(Map<String, Object> more, @Nullable LocalDate since) {
    return pulls.pull(more, since, false);
  }

  static Map<String, Object> settings(FakeMerchant merchant) {
    return Map.of(
        "api",
        "merchant-best-sellers",
        "account",
        1234,
        "token",
        "${MERCHANT_TOKEN}",
        "countries",
        List.of("GB", "FR"),
        "categories",
        List.of(166),
        "endpoint",
        merchant.address());
  }

  /** Returns the rows that the latest pull landed, as country, Monday and title. */
  private List<String> landed() throws IOException {
    List<String> rows = new ArrayList<>();
    for (String page : pulls.landed()) {
      for (JsonNode result : JSON.readTree(page).get("results")) {
        JsonNode row = result.get("bestSellersProductClusterView");
        JsonNode date = row.get("reportDate");
        rows.add(
            "%s %s %s"
                .formatted(
                    row.get("reportCountryCode").asText(),
                    LocalDate.of(
                        date.get("year").asInt(),
                        date.get("month").asInt(),
                        date.get("day").asInt()),
                    row.get("title").asText()));
      }
    }
    return rows;
  }

  private static List<String> expected(List<String> countries, List<LocalDate> mondays) {
    List<String> rows = new ArrayList<>();
    for (LocalDate monday : mondays) {
      for (String country : countries) {
        for (int rank = 1; rank <= FakeMerchant.PRODUCTS; rank++) {
          rows.add("%s %s %s".formatted(country, monday, FakeMerchant.title("166", monday, rank)));
        }
      }
    }
    return rows;
  }

  private static PullDays days(LocalDate monday, int weeks) {
    return new PullDays(monday, monday.plusDays(7L * weeks - 1));
  }

  @Test
  void aPullHasTheLatestWeekAndTheOneBefore() throws IOException {
    merchant.mostOnAPage(5);
    PullReport report = pull();
    assertThat(report.problem()).isNull();
    assertThat(report.days()).containsExactly(days(MONDAY.minusWeeks(1), 2));
    assertThat(report.records()).isEqualTo(2 * 2 * FakeMerchant.PRODUCTS);
    // The question for the latest week, and three pages for each week and country.
    assertThat(report.requests()).isEqualTo(1 + 2 * 2 * 3);
    assertThat(landed())
        .isEqualTo(expected(List.of("GB", "FR"), List.of(MONDAY.minusWeeks(1), MONDAY)));
  }

  @Test
  void aQuietDayCostsAtMostOneRequest() {
    pull();
    List<Integer> requests = new ArrayList<>();
    for (int day = 1; day < 7; day++) {
      clock.advance(Duration.ofDays(1));
      PullReport report = pull();
      requests.add((int) report.requests());
      if (report.outcome() == PullOutcome.LANDED) {
        assertThat(report.days()).containsExactly(days(MONDAY, 2));
      }
    }
    // Nothing is asked before the next week is over; its report comes on the day after.
    assertThat(requests).containsExactly(0, 0, 0, 0, 1, 5);
  }

  @Test
  void aCountryWhoseReportIsLateComesWithTheNextPull() throws IOException {
    merchant.late("FR", 5);
    assertThat(pull().outcome()).isEqualTo(PullOutcome.LANDED);
    assertThat(progress)
        .contains("best: no best sellers of the week of 2026-09-21 for FR in category 166");
    clock.advance(Duration.ofDays(7));
    pull();
    assertThat(landed())
        .containsAll(expected(List.of("FR"), List.of(MONDAY)))
        .containsAll(expected(List.of("GB"), List.of(MONDAY.plusWeeks(1))));
  }

  @Test
  void weeksThatNoPullHasComeLater() {
    pull();
    clock.advance(Duration.ofDays(35));
    assertThat(pull().days()).containsExactly(days(MONDAY, 6));
    assertThat(pull(Map.of(), LocalDate.parse("2026-09-03")).days())
        .containsExactly(days(LocalDate.parse("2026-08-31"), 9));
  }

  @Test
  void aDryRunShowsTheWeeksAndLandsNothing() {
    PullReport report = pulls.pull(Map.of(), null, true);
    assertThat(report.outcome()).isEqualTo(PullOutcome.PLANNED);
    assertThat(report.days()).containsExactly(days(MONDAY.minusWeeks(1), 2));
    assertThat(merchant.requests()).isEqualTo(1);
    assertThat(raw).isEmptyDirectory();
  }

  @Test
  void everyTopCategoryIsPulledWithoutCategories() {
    assertThat(pull(Map.of("categories", "", "restate", "7d"), null).records())
        .isEqualTo(2 * 2 * FakeMerchant.PRODUCTS);
  }

  @Test
  void theMachinesAccountIsUsedWithoutAToken() {
    Map<String, Object> elsewhere = Map.of("token", "", "endpoint", "http://127.0.0.1:1");
    assertThat(pull(elsewhere, null).problem())
        .startsWith("sources.best.collect.token is missing, and this machine has no service");
    assertThat(pull(Map.of("token", ""), null).outcome()).isEqualTo(PullOutcome.LANDED);
  }

  @ParameterizedTest
  @EnumSource(
      value = ScriptedFault.class,
      names = {"BUSY", "BUSY_SILENT", "BROKEN", "CUT"})
  void aFaultThatPassesChangesNothing(ScriptedFault fault) throws IOException {
    merchant.script(request -> request % 2 == 0 ? fault : ScriptedFault.NONE);
    assertThat(pull().problem()).isNull();
    assertThat(landed())
        .isEqualTo(expected(List.of("GB", "FR"), List.of(MONDAY.minusWeeks(1), MONDAY)));
  }

  @ParameterizedTest
  @EnumSource(
      value = ScriptedFault.class,
      names = {"BROKEN", "CUT", "REJECTED"})
  void aFaultThatStaysIsOneSentenceAndNoPull(ScriptedFault fault) {
    merchant.script(request -> request > 3 ? fault : ScriptedFault.NONE);
    assertThat(pull().problem())
        .startsWith("Merchant API ")
        .endsWith(".")
        .doesNotContain(FakeMerchant.TOKEN);
    assertThat(pulls.history().pulls()).isEmpty();
  }

  @Test
  void aPullThatStopsAtAnyRequestIsNotReadAndTheNextOneIsWhole() throws IOException {
    merchant.mostOnAPage(5);
    for (int stop = 1; stop <= 1 + 2 * 2 * 3; stop++) {
      int rejected = stop;
      merchant.script(request -> request < rejected ? ScriptedFault.NONE : ScriptedFault.REJECTED);
      assertThat(pull().problem()).as("request %d", stop).contains("with status 401");
      assertThat(pulls.history().pulls()).as("request %d", stop).isEmpty();
    }
    merchant.script(request -> ScriptedFault.NONE);
    assertThat(pull().problem()).isNull();
    assertThat(landed())
        .isEqualTo(expected(List.of("GB", "FR"), List.of(MONDAY.minusWeeks(1), MONDAY)));
  }

  @Test
  void aTokenAndAnAccountThatAreRefusedAreSentences() {
    assertThat(pull(Map.of("token", "${OTHER}"), null).problem())
        .isEqualTo(
            "Merchant API rejected the access token with status 401: export a new one, since it is"
                + " valid for an hour, and register its Google Cloud project with account 1234.");
    assertThat(pull(Map.of("account", "99"), null).problem())
        .startsWith("Merchant API refused account 99 with status 403: ");
    assertThat(pull(Map.of("token", "ya29.literal"), null).problem())
        .contains("token has a literal value")
        .doesNotContain("ya29");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reportDate", "title", "rank", "relativeDemand"})
  void aMissingFieldIsASentence(String field) {
    merchant.remove(field);
    assertThat(pull().problem())
        .isEqualTo(
            "Merchant API's answer has no field results/bestSellersProductClusterView/"
                + field
                + ": its form has changed.");
  }

  @Test
  void pagesThatNeverEndAreStopped() {
    merchant.endless(() -> "from-1");
    assertThat(pull().problem()).contains("do not end after 2 pages");
    AtomicInteger token = new AtomicInteger();
    merchant.endless(() -> "from-" + token.incrementAndGet());
    assertThat(pull().problem()).contains("do not end after 200 pages");
    assertThat(pulls.history().pulls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"account", "countries", "restate"})
  void aSettingThatIsNotValidIsNamed(String key) {
    Object value = key.equals("countries") ? List.of("gb") : "weekly";
    assertThat(pull(Map.of(key, value), null).problem())
        .contains("sources.best.collect")
        .contains(key + (key.equals("countries") ? " has `gb`" : " is `weekly`"));
    assertThat(pull(Map.of("country", "GB"), null).problem())
        .startsWith("sources.best.collect.country is not a known key: use one of [");
  }
}
