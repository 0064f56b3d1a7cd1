package io.trendflow.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.collection.landing.LocalLanding;
import io.trendflow.collection.landing.PullHistory;
import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.web.PacedClock;
import io.trendflow.collection.web.RetryTimes;
import io.trendflow.collection.web.SecretValues;
import io.trendflow.testing.shop.FakeSerpapi;
import io.trendflow.testing.shop.ScriptedFault;
import io.trendflow.testing.shop.ShopClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pulls of search interest from an imitated SerpApi. */
class SerpapiTrendsTest {
  private final ShopClock clock = new ShopClock(Instant.parse("2026-10-01T05:00:00Z"));
  private final FakeSerpapi serpapi = new FakeSerpapi(clock);
  private final List<String> progress = new ArrayList<>();
  private final Path raw;

  SerpapiTrendsTest(@TempDir Path raw) {
    this.raw = raw;
  }

  @AfterEach
  void stop() {
    serpapi.close();
  }

  static Map<String, Object> settings(FakeSerpapi serpapi, List<String> keywords) {
    return Map.of(
        "api",
        "serpapi",
        "key",
        "${SERPAPI_KEY}",
        "keywords",
        keywords,
        "places",
        List.of("GB", "FR"),
        "endpoint",
        serpapi.address());
  }

  private PullReport pull(Map<String, Object> more) {
    return pull(more, request -> ScriptedFault.NONE);
  }

  private PullReport pull(Map<String, Object> more, IntFunction<ScriptedFault> faults) {
    List<String> keywords = List.of("mug", "lamp", "scarf", "a, b", "pen", "ink", "mug");
    Map<String, Object> settings = new HashMap<>(settings(serpapi, keywords));
    settings.putAll(more);
    serpapi.script(faults);
    return CollectorRegistry.collect(
        "trends",
        () ->
            new PullTask(
                "trends",
                settings,
                List.of(ZoneOffset.UTC),
                history(),
                new SecretValues(Map.of("SERPAPI_KEY", FakeSerpapi.KEY, "OTHER", "wrong")),
                new PacedClock(clock, clock::advance),
                new RetryTimes(Duration.ofMillis(1), Duration.ofMillis(20), 3),
                null,
                false,
                progress::add,
                "test"));
  }

  private PullHistory history() {
    return PullHistory.of(new LocalLanding(raw), "trends");
  }

  @Test
  void fiveKeywordsARequestAndPlaceEveryWeek() {
    PullReport report = pull(Map.of());
    assertThat(report.problem()).isNull();
    assertThat(serpapi.requests()).isEqualTo(4);
    assertThat(report.records()).isEqualTo(260L * (5 + 1) * 2);
    clock.advance(Duration.ofDays(6));
    assertThat(pull(Map.of()).outcome()).isEqualTo(PullOutcome.NOT_DUE);
    assertThat(serpapi.requests()).isZero();
    clock.advance(Duration.ofDays(1).minusMinutes(20));
    assertThat(pull(Map.of()).outcome()).isEqualTo(PullOutcome.LANDED);
  }

  @Test
  void moreKeywordsThanRequestsAreSaid() {
    assertThat(pull(Map.of("max_requests", 3)).requests()).isEqualTo(3);
    assertThat(progress)
        .contains(
            "trends: 4 requests are needed for all keywords, max_requests allows the first 3");
  }

  @Test
  void keywordsWithoutAnAnswerKeepTheirLastPull() {
    PullReport report =
        pull(Map.of("keywords", List.of("a", "b", "c", "d", "e", "unknown"), "places", "GB"));
    assertThat(report.outcome()).isEqualTo(PullOutcome.LANDED);
    assertThat(report.records()).isEqualTo(260 * 5);
    assertThat(progress).anyMatch(line -> line.contains("no values for [unknown] in GB"));
  }

  @ParameterizedTest
  @EnumSource(
      value = ScriptedFault.class,
      names = {"BUSY", "BUSY_SILENT", "BROKEN", "CUT"})
  void aFaultThatPassesChangesNothing(ScriptedFault fault) throws IOException {
    pull(Map.of());
    List<String> expected = LandedPull.texts(raw, "trends");
    // Within a week, the fake's answers stay the same.
    clock.advance(Duration.ofDays(1));
    PullReport report =
        pull(Map.of("every", "1d"), request -> request % 2 == 1 ? fault : ScriptedFault.NONE);
    assertThat(report.problem()).isNull();
    assertThat(report.requests()).isEqualTo(8);
    assertThat(LandedPull.texts(raw, "trends")).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(
      value = ScriptedFault.class,
      names = {"BUSY", "BROKEN", "CUT", "REJECTED"})
  void aFaultThatStaysIsOneSentenceAndNoPull(ScriptedFault fault) {
    PullReport report = pull(Map.of(), request -> request > 3 ? fault : ScriptedFault.NONE);
    assertThat(report.problem())
        .startsWith("SerpApi ")
        .endsWith(".")
        .doesNotContain(FakeSerpapi.KEY);
    assertThat(history().pulls()).isEmpty();
  }

  @Test
  void aKeyThatIsRejectedIsASentenceWithoutTheKey() {
    PullReport report = pull(Map.of("key", "${OTHER}"));
    assertThat(report.problem())
        .isEqualTo("SerpApi rejected the key: check the variable that key names.");
  }

  @Test
  void anUnknownKeyOfTheSettingsIsNamed() {
    assertThat(pull(Map.of("keyword", "x")).problem())
        .startsWith("sources.trends.collect.keyword is not a known key: use one of [");
    assertThat(pull(Map.of("every", "weekly")).problem())
        .contains("every is `weekly`: use days, such as 7d.");
  }
}
