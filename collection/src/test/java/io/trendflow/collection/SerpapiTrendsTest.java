package io.trendflow.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.testing.shop.FakeSerpapi;
import io.trendflow.testing.shop.ScriptedFault;
import io.trendflow.testing.shop.ShopClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
  private final SourcePulls pulls;

  SerpapiTrendsTest(@TempDir Path raw) {
    List<String> keywords = List.of("mug", "lamp", "scarf", "a, b", "pen", "ink", "mug");
    this.pulls =
        new SourcePulls(
            "trends",
            settings(serpapi, keywords),
            Map.of("SERPAPI_KEY", FakeSerpapi.KEY, "OTHER", "wrong"),
            ZoneOffset.UTC,
            raw,
            clock,
            progress);
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
    serpapi.script(faults);
    return pulls.pull(more);
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
  void pullsThatBeginAtTheSameTimeHaveAFolderEach() {
    assertThat(pulls.history().begin(clock.instant()).pulledAt())
        .isEqualTo(clock.instant())
        .isNotEqualTo(pulls.history().begin(clock.instant()).pulledAt());
    assertThat(pulls.history().pulls()).isEmpty();
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
    List<String> expected = pulls.landed();
    // Within a week, the fake's answers stay the same.
    clock.advance(Duration.ofDays(1));
    PullReport report =
        pull(Map.of("every", "1d"), request -> request % 2 == 1 ? fault : ScriptedFault.NONE);
    assertThat(report.problem()).isNull();
    assertThat(report.requests()).isEqualTo(8);
    assertThat(pulls.landed()).isEqualTo(expected);
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
    assertThat(pulls.history().pulls()).isEmpty();
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
