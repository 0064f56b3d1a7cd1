package io.trendflow.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.serving.store.Copies;
import io.trendflow.serving.store.Samples;
import io.trendflow.serving.store.ScoreRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of what a row of a list shows. */
class ScoreRowTest {
  private static final ScoreRecord SCORE = Samples.scores("r1", 1).get(0);

  @ParameterizedTest
  @CsvSource({"99.97, 99.9", "99.04, 99.0", "98.99, 98", "5.55, 5", "0, 0", "100, 100.0"})
  void thePotentialIsRoundedDown(double potential, String text) {
    assertThat(ScoreRow.potential(potential, LocaleFormat.ENGLISH)).isEqualTo(text);
  }

  /** Tests that rows of any size can be compared: equal factors have equal positions. */
  @ParameterizedTest
  @CsvSource({"9, 19, 1", "99, 199, 1", "99, 399, 2", "999, 249, -2", "9, 9, 0", "9, 99999, 3"})
  void allRowsHaveOneScale(double pace, double units, double doublings) {
    ScoreRecord score =
        Copies.with(Copies.with(SCORE, "baselineUnits", pace), "expectedUnits", units);
    IntervalBar bar = IntervalBar.of(score, PageLanguage.ENGLISH);
    double doubling = (IntervalBar.WIDTH - 12) / 6.0;
    assertThat(bar.baseline()).isEqualTo(IntervalBar.WIDTH / 2.0);
    assertThat(bar.expected() - bar.baseline()).isCloseTo(doublings * doubling, within(1e-9));
  }

  @Test
  void anUpliftWithoutAPriceIsInUnits() {
    ScoreRecord unpriced =
        Copies.with(Copies.with(SCORE, "upliftRevenue", null), "upliftUnits", 12.0);
    assertThat(new ScoreRow(unpriced, PageLanguage.ENGLISH).extra()).isEqualTo("+12 units");
  }
}
