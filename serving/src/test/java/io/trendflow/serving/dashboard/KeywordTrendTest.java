package io.trendflow.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.serving.snapshot.Mover;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests of keywords whose interest is known from several sources and places. */
class KeywordTrendTest {
  @Test
  void aKeywordOfSeveralSourcesAndPlacesCountsOnceByItsMedian() {
    List<KeywordTrend> trends =
        KeywordTrend.of(
            List.of(
                mover("google_trends", "lantern", "GB", .4),
                mover("google_trends", "lantern", "FR", .2),
                mover("tiktok", "lantern", "GB", 9.0),
                mover("tiktok", "lantern", "FR", -.1),
                mover("tiktok", "kite", "GB", -.5),
                mover("tiktok", "gap", "GB", null)));
    assertThat(trends).extracting(KeywordTrend::keyword).containsExactly("lantern", "kite");
    assertThat(trends.get(0).change()).as("mean of .2 and .4").isBetween(.2999, .3001);
    assertThat(trends.get(0).series()).hasSize(4);
    assertThat(trends.get(0).shown().source()).isEqualTo("google_trends");
    assertThat(trends.get(1).change()).isEqualTo(-.5);
  }

  private static Mover mover(String source, String keyword, String geo, @Nullable Double change) {
    return new Mover(
        source,
        "interest",
        keyword,
        geo,
        LocalDate.parse("2011-08-28"),
        1,
        1,
        change,
        List.of(),
        List.of("Lighting"));
  }
}
