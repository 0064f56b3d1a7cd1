package io.trendflow.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.history.TrendSeries.Observation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrendSeriesTest {
  private static final int CUTOFF = 700;

  /** Weeks of one pull, of which the last ends on a day. */
  private static List<Observation> weeks(String pull, int lastDay, long known, double... values) {
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      int last = lastDay - 7 * (values.length - 1 - i);
      observations.add(new Observation(last - 6, last, values[i], pull, known));
    }
    return observations;
  }

  @Test
  void theLatestKnownPullCountsAlone() {
    List<Observation> all =
        new ArrayList<>(weeks("a", CUTOFF - 7, EpochTimes.endOf(CUTOFF - 7), 1, 2, 3));
    all.addAll(weeks("b", CUTOFF, EpochTimes.endOf(CUTOFF), 10, 20));
    all.addAll(weeks("c", CUTOFF + 7, EpochTimes.endOf(CUTOFF + 7), 100, 200));
    assertThat(TrendSeries.latestPull(all, CUTOFF))
        .extracting(Observation::value)
        .containsExactly(10.0, 20.0);
    assertThat(TrendSeries.latestPull(all, CUTOFF - 1))
        .extracting(Observation::value)
        .containsExactly(1.0, 2.0, 3.0);
    assertThat(TrendSeries.latestPull(all, CUTOFF - 8)).isEmpty();
  }

  @Test
  void aPeriodThatEndsAfterTheCutoffIsLeftOut() {
    List<Observation> pull = weeks("a", CUTOFF + 3, EpochTimes.endOf(CUTOFF), 1, 2, 3);
    assertThat(TrendSeries.latestPull(pull, CUTOFF))
        .extracting(Observation::value)
        .containsExactly(1.0, 2.0);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "27, true", "28, false"})
  void aSeriesThatEndedLongAgoIsStale(int daysAgo, boolean fresh) {
    List<Observation> pull = weeks("a", CUTOFF - daysAgo, EpochTimes.endOf(CUTOFF), 1, 2);
    assertThat(new TrendSeries(pull, 14).at(CUTOFF).isPresent()).isEqualTo(fresh);
  }

  @Test
  void meansAreOverWholeWeeksBeforeTheLastDay() {
    TrendSeries series = new TrendSeries(weeks("a", CUTOFF, 0, 8, 4, 2, 1), 14);
    assertThat(series.mean(1, 0)).isEqualTo(1);
    assertThat(series.mean(2, 0)).isEqualTo(1.5);
    assertThat(series.mean(4, 2)).isEqualTo(6);
    assertThat(series.mean(9, 4)).isNaN();
  }

  @Test
  void aHoleMakesAMeanUnknown() {
    List<Observation> observations = new ArrayList<>(weeks("a", CUTOFF - 28, 0, 8, 4));
    observations.addAll(weeks("a", CUTOFF, 0, 2, 1));
    TrendSeries withHole = new TrendSeries(observations, 7);
    assertThat(withHole.mean(2, 0)).isEqualTo(1.5);
    assertThat(withHole.mean(4, 0)).isNaN();
    assertThat(new TrendSeries(observations, 14).mean(4, 0)).isEqualTo(1.5);
  }

  @Test
  void theLatestKnownValueOfEachDayCountsInComparablePulls() {
    List<Observation> all =
        List.of(
            new Observation(CUTOFF - 1, CUTOFF - 1, 1, "c", EpochTimes.endOf(CUTOFF - 1)),
            new Observation(CUTOFF - 1, CUTOFF - 1, 2, "c", EpochTimes.endOf(CUTOFF)),
            new Observation(CUTOFF, CUTOFF, 5, "c", EpochTimes.endOf(CUTOFF)),
            new Observation(CUTOFF, CUTOFF, 9, "c", EpochTimes.endOf(CUTOFF + 1)));
    assertThat(TrendSeries.latestPull(all, CUTOFF))
        .extracting(Observation::value)
        .containsExactly(2.0, 5.0);
  }

  @Test
  void aSeriesReachesBackToItsOldestPeriod() {
    TrendSeries series = new TrendSeries(weeks("a", CUTOFF, 0, 8, 4, 2, 1), 14);
    assertThat(series.reachesBack(3)).isTrue();
    assertThat(series.reachesBack(4)).isFalse();
  }
}
