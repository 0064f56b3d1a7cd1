package io.trendflow.serving.snapshot;

import static java.util.Comparator.nullsLast;

import io.micronaut.serde.annotation.Serdeable;
import io.trendflow.history.TrendSeries;
import io.trendflow.serving.store.SignalRecord;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Movement of a trend series: the mean of its latest 4 complete weeks relative to the mean of the
 * 12 weeks before them.
 *
 * @param lastDay last day of the latest week
 * @param recentMean mean of the latest 4 weeks, in the unit of the metric
 * @param earlierMean mean of the 12 weeks before them, in the unit of the metric
 * @param change recent_mean / earlier_mean - 1; null if earlier_mean is not above 0
 * @param weeklyMeans means of the latest 16 weeks, oldest first, in the unit of the metric
 * @param categories categories of the scored products that the series belongs to
 */
@Serdeable
public record Mover(
    String source,
    String metric,
    String keyword,
    String geo,
    LocalDate lastDay,
    double recentMean,
    double earlierMean,
    @Nullable Double change,
    List<Double> weeklyMeans,
    List<String> categories) {
  private static final Comparator<Mover> BY_NAME =
      Comparator.comparing(Mover::source)
          .thenComparing(Mover::keyword)
          .thenComparing(Mover::geo)
          .thenComparing(Mover::metric);

  /** Order by change, the largest first and null last. */
  public static final Comparator<Mover> RISING =
      Comparator.comparing(Mover::change, nullsLast(Comparator.<Double>reverseOrder()))
          .thenComparing(BY_NAME);

  /** Order by change, the smallest first and null last. */
  public static final Comparator<Mover> FALLING =
      Comparator.comparing(Mover::change, nullsLast(Comparator.<Double>naturalOrder()))
          .thenComparing(BY_NAME);

  static final int RECENT_WEEKS = 4;
  static final int WEEKS = 16;

  /** Number of days up to the cutoff whose observations are used. */
  static final long DAYS = 7L * WEEKS + TrendSeries.STALE_DAYS;

  /** Returns the same movement with other categories. */
  Mover with(List<String> otherCategories) {
    return new Mover(
        source,
        metric,
        keyword,
        geo,
        lastDay,
        recentMean,
        earlierMean,
        change,
        weeklyMeans,
        otherCategories);
  }

  /**
   * Returns how a series moves; null if it lacks a value in one of the weeks.
   *
   * @param known complete periods on one scale
   */
  static @Nullable Mover of(SignalRecord.Series of, TrendSeries known, List<String> categories) {
    List<Double> weekly =
        IntStream.range(0, WEEKS)
            .mapToObj(week -> known.mean(WEEKS - week, WEEKS - week - 1))
            .toList();
    if (weekly.stream().anyMatch(mean -> mean.isNaN())) {
      return null;
    }
    double recent = known.mean(RECENT_WEEKS, 0);
    double earlier = known.mean(WEEKS, RECENT_WEEKS);
    return new Mover(
        of.source(),
        of.metric(),
        of.keyword(),
        of.geo(),
        LocalDate.ofEpochDay(known.lastDay().orElseThrow()),
        recent,
        earlier,
        earlier > 0 ? recent / earlier - 1 : null,
        weekly,
        categories);
  }
}
