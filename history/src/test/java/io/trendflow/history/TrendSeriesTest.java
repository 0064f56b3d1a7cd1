package io.trendflow.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.trendflow.history.TrendSeries.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrendSeriesTest {
  private static final int CUTOFF = 700;
  private static final int WINDOW = 13;

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

  /** Windows of the last 13 weeks, each scaled so that its highest week is 100, as Google does. */
  private static List<Observation> windows(int every, double... levels) {
    List<Observation> all = new ArrayList<>();
    for (int end = levels.length; end >= WINDOW; end -= every) {
      double[] window = Arrays.copyOfRange(levels, end - WINDOW, end);
      double highest = Arrays.stream(window).max().orElseThrow();
      int last = CUTOFF - 7 * (levels.length - end);
      all.addAll(
          weeks(
              "pulled " + last,
              last,
              EpochTimes.endOf(last),
              Arrays.stream(window).map(v -> Math.round(100 * v / highest)).toArray()));
    }
    return all;
  }

  private static double[] levels() {
    return IntStream.range(0, 60).mapToDouble(week -> 20 * Math.pow(1.05, week)).toArray();
  }

  @Test
  void rescaledWindowsAreOneSeriesByTheirOverlap() {
    TrendSeries series = new TrendSeries(windows(9, levels()), 14).at(CUTOFF).orElseThrow();
    assertThat(series.reachesBack(52)).isTrue();
    // 52 weeks of growth by 5 % a week are a factor of 12.64; only rounding to integers differs.
    assertThat(series.mean(4, 0) / series.mean(56, 52))
        .isCloseTo(Math.pow(1.05, 52), withinPercentage(2.0));
    assertThat(series.mean(4, 0)).as("the scale of the latest pull").isBetween(90.0, 100.0);
  }

  @Test
  void onlyPullsKnownAtTheCutoffAreTied() {
    List<Observation> all = windows(9, levels());
    TrendSeries early = new TrendSeries(all, 14).at(CUTOFF - 63).orElseThrow();
    List<Observation> known =
        all.stream().filter(o -> o.availableAt() <= EpochTimes.endOf(CUTOFF - 63)).toList();
    assertThat(early.mean(20, 0))
        .isEqualTo(new TrendSeries(known, 14).at(CUTOFF - 63).orElseThrow().mean(20, 0));
    assertThat(early.lastDay()).hasValue(CUTOFF - 63);
  }

  @ParameterizedTest
  @CsvSource({"9, true", "10, false", "13, false"})
  void anOverlapOfFewerThanFourWeeksTiesNothing(int every, boolean tied) {
    TrendSeries series = new TrendSeries(windows(every, levels()), 14).at(CUTOFF).orElseThrow();
    assertThat(series.reachesBack(WINDOW)).isEqualTo(tied);
  }

  @Test
  void anOverlapOfZerosTiesNothing() {
    List<Observation> all =
        new ArrayList<>(weeks("a", CUTOFF - 7, EpochTimes.endOf(CUTOFF - 7), 80, 0, 0, 0, 0));
    all.addAll(weeks("b", CUTOFF, EpochTimes.endOf(CUTOFF), 0, 0, 0, 0, 50));
    assertThat(TrendSeries.tiedPulls(all, CUTOFF))
        .extracting(Observation::value)
        .containsExactly(0.0, 0.0, 0.0, 0.0, 50.0);
    // Zeros on one side only say as little as zeros on both.
    all.addAll(weeks("c", CUTOFF, EpochTimes.endOf(CUTOFF + 1), 3, 1, 2, 4, 50));
    assertThat(TrendSeries.tiedPulls(all, CUTOFF + 1))
        .extracting(Observation::value)
        .containsExactly(3.0, 1.0, 2.0, 4.0, 50.0);
  }

  @Test
  void periodsOfAnotherLengthAreNotTied() {
    List<Observation> all =
        new ArrayList<>(weeks("weeks", CUTOFF - 7, EpochTimes.endOf(CUTOFF - 7), 8, 8, 8, 8, 8, 8));
    for (int day = CUTOFF - 41; day <= CUTOFF; day++) {
      all.add(new Observation(day, day, 50, "days", EpochTimes.endOf(CUTOFF)));
    }
    assertThat(TrendSeries.tiedPulls(all, CUTOFF))
        .extracting(Observation::value)
        .containsOnly(50.0);
  }

  @Test
  void aSeriesReachesBackToItsOldestPeriod() {
    TrendSeries series = new TrendSeries(weeks("a", CUTOFF, 0, 8, 4, 2, 1), 14);
    assertThat(series.reachesBack(3)).isTrue();
    assertThat(series.reachesBack(4)).isFalse();
  }
}
