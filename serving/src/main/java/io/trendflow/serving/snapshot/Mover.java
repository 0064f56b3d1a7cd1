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
 * How a trend series moves: the mean of its last 4 complete weeks over that of the 12 before.
 *
 * @param lastDay last day of the last of these weeks
 * @param recentMean in the unit of the metric
 * @param earlierMean likewise
 * @param change recent_mean / earlier_mean - 1; null where earlier_mean is not above 0
 * @param categories of the scored products that the series belongs to
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
    List<String> categories) {
  private static final Comparator<Mover> BY_NAME =
      Comparator.comparing(Mover::source)
          .thenComparing(Mover::keyword)
          .thenComparing(Mover::geo)
          .thenComparing(Mover::metric);

  /** By change, the largest first; null last. */
  public static final Comparator<Mover> RISING =
      Comparator.comparing(Mover::change, nullsLast(Comparator.<Double>reverseOrder()))
          .thenComparing(BY_NAME);

  /** By change, the smallest first; null last. */
  public static final Comparator<Mover> FALLING =
      Comparator.comparing(Mover::change, nullsLast(Comparator.<Double>naturalOrder()))
          .thenComparing(BY_NAME);

  static final int RECENT_WEEKS = 4;
  static final int WEEKS = 16;

  /** No day longer before the cutoff counts. */
  static final long DAYS = 7L * WEEKS + TrendSeries.STALE_DAYS;

  /**
   * Returns how a series moves; null if it lacks a value in one of the weeks.
   *
   * @param known complete periods of one pull
   */
  static @Nullable Mover of(SignalRecord.Series of, TrendSeries known, List<String> categories) {
    boolean whole =
        IntStream.range(0, WEEKS).noneMatch(week -> Double.isNaN(known.mean(week + 1, week)));
    if (!whole) {
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
        categories);
  }
}
