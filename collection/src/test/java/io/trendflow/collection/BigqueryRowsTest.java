package io.trendflow.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.schemas.PullManifest.PullDays;
import io.trendflow.testing.shop.FakeBigquery;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulls of rows from an imitated BigQuery. */
class BigqueryRowsTest {
  private static final LocalDate YESTERDAY = LocalDate.parse("2026-09-30");
  private static final int PRODUCTS = 3;

  private final ShopClock clock = new ShopClock(Instant.parse("2026-10-01T05:00:00Z"));
  private final FakeBigquery bigquery = new FakeBigquery();
  private final List<String> progress = new ArrayList<>();
  private final Path raw;
  private final SourcePulls pulls;

  BigqueryRowsTest(@TempDir Path raw) {
    this.raw = raw;
    this.pulls =
        new SourcePulls(
            "visits",
            settings(bigquery),
            Map.of("BIGQUERY_TOKEN", FakeBigquery.TOKEN),
            ZoneOffset.UTC,
            raw,
            clock,
            progress);
    addDays(bigquery, YESTERDAY.minusDays(9), YESTERDAY);
  }

  @AfterEach
  void stop() {
    bigquery.close();
  }

  static void addDays(FakeBigquery bigquery, LocalDate from, LocalDate to) {
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      for (int product = 1; product <= PRODUCTS; product++) {
        bigquery.add(day, row(day, product));
      }
    }
  }

  private static String row(LocalDate day, int product) {
    return "{\"date\":\"%s\",\"item_name\":\"Mug %d\",\"item_views\":%d,\"cart_additions\":1}"
        .formatted(day, product, 10 * product);
  }

  static Map<String, Object> settings(FakeBigquery bigquery) {
    return Map.of(
        "api",
        "ga4-items",
        "project",
        FakeBigquery.PROJECT,
        "table",
        "acme-shop.analytics_1234.events_*",
        "token",
        "${BIGQUERY_TOKEN}",
        "endpoint",
        bigquery.address());
  }

  private PullReport pull() {
    return pull(Map.of());
  }

  private PullReport pull(Map<String, Object> more) {
    return pulls.pull(more);
  }

  /** Returns the lines that the latest pull landed. */
  private List<String> landed() throws IOException {
    return pulls.landed().stream().flatMap(String::lines).toList();
  }

  private static List<String> expected(LocalDate from, LocalDate to) {
    List<String> rows = new ArrayList<>();
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      for (int product = 1; product <= PRODUCTS; product++) {
        rows.add(row(day, product));
      }
    }
    return rows;
  }

  @Test
  void theFirstPullReachesBackAndEndsWithTheLastDayThatHasRows() throws IOException {
    clock.advance(Duration.ofDays(1));
    PullReport report = pull(Map.of("first_pull", "5d"));
    assertThat(report.problem()).isNull();
    LocalDate first = YESTERDAY.plusDays(1).minusDays(4);
    // The export of the last day has not come: it stays due.
    assertThat(report.days()).containsExactly(new PullDays(first, YESTERDAY));
    assertThat(landed()).isEqualTo(expected(first, YESTERDAY));
    assertThat(report.records()).isEqualTo(4 * PRODUCTS);
    assertThat(bigquery.ran()).isEqualTo(1);
  }

  @Test
  void aFurtherPullHasTheNewDaysAndRestatesTheLastOnes() throws IOException {
    pull();
    assertThat(pull().outcome()).isEqualTo(PullOutcome.NOT_DUE);
    assertThat(bigquery.ran()).isEqualTo(1);
    LocalDate today = YESTERDAY.plusDays(1);
    addDays(bigquery, today, today);
    clock.advance(Duration.ofDays(1));
    assertThat(pull().days()).containsExactly(new PullDays(today.minusDays(3), today));
    assertThat(landed()).isEqualTo(expected(today.minusDays(3), today));
    clock.advance(Duration.ofDays(20));
    assertThat(pull().outcome()).isEqualTo(PullOutcome.NOT_DUE);
    assertThat(progress)
        .contains(
            "BigQuery has no rows for source visits from 2026-10-02 to 2026-10-21: the days stay due.");
    assertThat(pulls.pull(Map.of(), YESTERDAY.minusDays(9), false).days())
        .containsExactly(new PullDays(YESTERDAY.minusDays(9), today));
  }

  @Test
  void aQuietDayCostsAtMostThreeRequests() {
    pull();
    LocalDate today = YESTERDAY.plusDays(1);
    addDays(bigquery, today, today);
    clock.advance(Duration.ofDays(1));
    assertThat(pull().requests()).isLessThanOrEqualTo(3);
    assertThat(pull().requests()).isZero();
  }

  @Test
  void aSlowQueryIsAskedForUntilItEnds() throws IOException {
    bigquery.slow(3);
    PullReport report = pull();
    assertThat(report.problem()).isNull();
    assertThat(report.secondsWaited()).isEqualTo(3);
    assertThat(landed()).isEqualTo(expected(YESTERDAY.minusDays(9), YESTERDAY));
    bigquery.slow(1000);
    clock.advance(Duration.ofDays(1));
    assertThat(pull().problem())
        .isEqualTo(
            "BigQuery's query for source visits did not end in 60 minutes: ask for fewer days, or run the command again later.");
  }

  @Test
  void aQueryOfOnesOwnWithoutDaysIsPulledWhole() throws IOException {
    Map<String, Object> own =
        Map.of(
            "api",
            "bigquery",
            "table",
            "",
            "sql",
            "SELECT week AS date, term FROM t;\n",
            "every",
            "7d");
    PullReport report = pull(own);
    assertThat(report.problem()).isNull();
    assertThat(report.days()).isNull();
    assertThat(landed()).isEqualTo(expected(YESTERDAY.minusDays(9), YESTERDAY));
    clock.advance(Duration.ofDays(6));
    assertThat(pull(own).outcome()).isEqualTo(PullOutcome.NOT_DUE);
    clock.advance(Duration.ofDays(1).minusMinutes(5));
    assertThat(pull(own).outcome()).isEqualTo(PullOutcome.LANDED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"best-sellers-transfer", "ga4-items", "google-trends-terms", "search-console"})
  void everyShippedQueryIsSentWithItsTable(String api) {
    List<String> sent = new ArrayList<>();
    bigquery.reject(
        query -> {
          sent.add(query);
          return null;
        });
    assertThat(pull(Map.of("api", api)).problem()).isNull();
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0))
        .startsWith("SELECT result.date AS day, TO_JSON_STRING(result) AS record\n")
        .contains("FROM `acme-shop.analytics_1234.events_*`")
        .doesNotContain("{table}");
  }

  @Test
  void aDryRunTellsWhatTheQueryWouldRead() {
    PullReport report = pulls.pull(Map.of(), null, true);
    assertThat(report.outcome()).isEqualTo(PullOutcome.PLANNED);
    assertThat(progress).containsExactly("visits: the query would read 30.0 MB");
    assertThat(bigquery.ran()).isZero();
    assertThat(raw).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(
      value = ScriptedFault.class,
      names = {"BUSY", "BUSY_SILENT", "BROKEN", "CUT"})
  void aFaultThatPassesChangesNothingAndRunsNoSecondQuery(ScriptedFault fault) throws IOException {
    bigquery.script(request -> request % 2 == 1 ? fault : ScriptedFault.NONE);
    assertThat(pull().problem()).isNull();
    assertThat(landed()).isEqualTo(expected(YESTERDAY.minusDays(9), YESTERDAY));
    assertThat(bigquery.ran()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = ScriptedFault.class,
      names = {"BROKEN", "CUT", "REJECTED"})
  void aFaultThatStaysIsOneSentenceAndNoPull(ScriptedFault fault) {
    bigquery.script(request -> request > 3 ? fault : ScriptedFault.NONE);
    assertThat(pull().problem())
        .startsWith("BigQuery ")
        .endsWith(".")
        .doesNotContain(FakeBigquery.TOKEN);
    assertThat(pulls.history().pulls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "accessDenied|BigQuery refused source visits: give the account roles/bigquery.jobUser on project acme-shop and roles/bigquery.dataViewer on the dataset (The reason).",
        "invalidQuery|BigQuery rejected the query of source visits: check sources.visits.collect.table and its columns (The reason).",
        "quotaExceeded|BigQuery allows project acme-shop no further queries for the moment (quotaExceeded): run the command again later.",
      })
  void aRefusedQueryIsASentence(String reason, String sentence) {
    bigquery.reject(query -> reason);
    assertThat(pull().problem()).isEqualTo(sentence);
  }

  @Test
  void aQueryThatReadsTooMuchIsRefused() {
    addDays(bigquery, YESTERDAY.minusDays(399), YESTERDAY.minusDays(10));
    assertThat(pull(Map.of("max_gigabytes", 1)).problem())
        .isEqualTo(
            "BigQuery would read more than sources.visits.collect.max_gigabytes allows (1) for source visits: ask for fewer days, or raise it.");
    assertThat(bigquery.ran()).isZero();
    assertThat(pull().problem()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobComplete", "jobReference", "totalRows"})
  void aMissingFieldIsASentence(String field) {
    bigquery.remove(field);
    assertThat(pull().problem())
        .isEqualTo("BigQuery's answer has no field " + field + ": its form has changed.");
  }

  @Test
  void pagesThatLackRowsAreNoPull() {
    bigquery.hide(1);
    assertThat(pull().problem())
        .isEqualTo(
            "BigQuery's pages for source visits have 30 rows and do not fit its total of 31: run the command again later.");
    assertThat(pulls.history().pulls()).isEmpty();
  }

  @Test
  void noRowsAtAllIsASentence() {
    clock.advance(Duration.ofDays(400));
    assertThat(pull(Map.of("first_pull", "3d")).problem())
        .isEqualTo(
            "BigQuery has no rows for source visits from 2027-11-02 to 2027-11-04: check its table, its query and first_pull.");
  }

  @Test
  void rowsOutsideTheDaysAskedForAreASentence() {
    bigquery.ignoreDays();
    assertThat(pull(Map.of("first_pull", "5d")).problem())
        .isEqualTo(
            "The rows of source visits are from 2026-09-21 to 2026-09-30, but the pull is from 2026-09-26 to 2026-09-30: use the parameters @from and @to in the query's WHERE.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "project|Acme Shop|project is `Acme Shop`: use the id of a Google Cloud project",
        "table|events|table is `events`: use project, dataset and table",
        "table|a.b.c`; DROP TABLE d|table is `a.b.c`; DROP TABLE d`: use project",
        "max_gigabytes|0|max_gigabytes is 0: use a number of at least 1.",
        "restate|soon|restate is `soon`: use days, such as 4d.",
        "sql|SELECT 1|sources.visits.collect.sql has no use here: remove it",
        "query|x|sources.visits.collect.query is not a known key: use one of [",
        "token|ya29.literal|sources.visits.collect.token has a literal value",
      })
  void aSettingThatIsNotValidIsNamed(String key, String value, String sentence) {
    assertThat(pull(Map.of(key, value)).problem()).contains(sentence).doesNotContain("ya29");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|''|sources.visits.collect.sql is missing: write the query there",
        "''|SELECT @from AS date|sources.visits.collect.sql has only one of the parameters @from and @to",
        "a.b.c|SELECT 1|sources.visits.collect.table has no use here: remove it",
      })
  void aQueryOfOnesOwnThatIsNotValidIsNamed(String table, String sql, String sentence) {
    assertThat(pull(Map.of("api", "bigquery", "table", table, "sql", sql)).problem())
        .startsWith(sentence);
  }

  @Test
  void aShippedQueryNeedsItsTable() {
    assertThat(pull(Map.of("table", "")).problem())
        .startsWith(
            "sources.visits.collect.table is missing: set it to project, dataset and table");
  }
}
