package io.trendflow.serving.snapshot;

import static java.util.Comparator.nullsLast;

import io.micronaut.serde.annotation.Serdeable;
import io.trendflow.serving.store.SignalRecord;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
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

  /** A series that ended longer ago says nothing about now. */
  static final int STALE_DAYS = 28;

  /** Before the cutoff no earlier day counts. */
  static final long DAYS = 7L * WEEKS + STALE_DAYS;

  /**
   * Of the observations of one series; null for one that is stale or lacks one of the weeks.
   *
   * @param known as {@link SignalRecord#latestPull} gives them
   */
  static @Nullable Mover of(List<SignalRecord> known, LocalDate cutoff, List<String> categories) {
    if (known.isEmpty()) {
      return null;
    }
    LocalDate end =
        known.stream().map(SignalRecord::lastDay).max(LocalDate::compareTo).orElseThrow();
    boolean whole =
        IntStream.range(0, WEEKS).allMatch(week -> mean(known, end, week + 1, week).isPresent());
    if (!whole || !end.isAfter(cutoff.minusDays(STALE_DAYS))) {
      return null;
    }
    double recent = mean(known, end, RECENT_WEEKS, 0).orElseThrow();
    double earlier = mean(known, end, WEEKS, RECENT_WEEKS).orElseThrow();
    SignalRecord.Series of = known.get(0).series();
    return new Mover(
        of.source(),
        of.metric(),
        of.keyword(),
        of.geo(),
        end,
        recent,
        earlier,
        earlier > 0 ? recent / earlier - 1 : null,
        categories);
  }

  /**
   * Of the values whose whole period lies in the weeks at least {@code to}, under {@code from} ago.
   */
  private static OptionalDouble mean(List<SignalRecord> known, LocalDate end, int from, int to) {
    LocalDate first = end.minusDays(7L * from - 1);
    LocalDate last = end.minusDays(7L * to);
    return known.stream()
        .filter(s -> !s.observedOn().isBefore(first) && !s.lastDay().isAfter(last))
        .mapToDouble(SignalRecord::value)
        .average();
  }
}
