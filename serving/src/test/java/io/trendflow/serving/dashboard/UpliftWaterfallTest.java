package io.trendflow.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.groups.Tuple.tuple;

import io.trendflow.serving.store.Copies;
import io.trendflow.serving.store.Samples;
import io.trendflow.serving.store.ScoreRecord;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class UpliftWaterfallTest {

  /** The rounded numbers add up too, in whole units as in tenths. */
  @Test
  void theStepsAsPrintedLeadFromTheUsualPaceToTheExpectedUnits() {
    boolean tenths = false;
    for (ScoreRecord score : Samples.scores("r1", 60)) {
      UpliftWaterfall waterfall = waterfall(score);
      double sum =
          number(waterfall.start().units())
              + waterfall.steps().stream().mapToDouble(step -> number(step.units())).sum();
      assertThat(sum)
          .as(score.productId())
          .isCloseTo(number(waterfall.end().units()), within(1e-9));
      tenths |= waterfall.end().units().contains(".");
      for (UpliftWaterfall.Step step : waterfall.steps()) {
        assertThat(step.bar().x()).isBetween(0.0, (double) UpliftWaterfall.WIDTH);
        assertThat(step.bar().x() + step.bar().width())
            .isLessThanOrEqualTo(UpliftWaterfall.WIDTH + 1e-9);
      }
    }
    assertThat(tenths).isTrue();
  }

  @Test
  void aStepHasItsEvidenceOrTheMeaningOfItsFamily() {
    ScoreRecord rising =
        Samples.scores("r1", 6).stream().filter(s -> s.upliftUnits() > 0).findFirst().orElseThrow();
    assertThat(waterfall(rising).steps())
        .extracting(UpliftWaterfall.Step::label, UpliftWaterfall.Step::fact)
        .contains(
            tuple(
                "Searches are up",
                "search interest up 38\u00a0% in 4 weeks (Google Trends: lantern)"),
            tuple("Data that is missing", "Facts that the data does not have for this product"));
  }

  @Test
  void aScoreWithoutFamiliesHasNone() {
    ScoreRecord score = Copies.with(Samples.scores("r1", 1).get(0), "families", List.of());
    assertThat(UpliftWaterfall.of(score, PageLanguage.ENGLISH)).isNull();
  }

  private static UpliftWaterfall waterfall(ScoreRecord score) {
    return Objects.requireNonNull(UpliftWaterfall.of(score, PageLanguage.ENGLISH));
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace(",", "").replace('−', '-'));
  }
}
