package io.trendflow.history;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Observations of one metric of one keyword in one place, from all pulls. Values of different pulls
 * may be scaled differently, which is why a feature takes the values of one pull only. Pulls that
 * can be compared have one pull id; the latest value of each day then counts.
 */
public final class TrendSeries {
  /** Age from which observations are too old to describe the present. */
  public static final int STALE_DAYS = 28;

  /**
   * Value over the days {@code day} to {@code lastDay}, known from an instant on.
   *
   * @param pull id of the pull; equal for pulls whose values can be compared
   */
  public record Observation(int day, int lastDay, double value, String pull, long availableAt) {}

  private final List<Observation> observations;

  private final int cadenceDays;
  private final List<DayRange> holes;

  /**
   * Creates a series.
   *
   * @param cadenceDays days that the source may be silent; a longer silence is a hole
   */
  public TrendSeries(List<Observation> observations, int cadenceDays) {
    this.observations =
        observations.stream().sorted(Comparator.comparingInt(Observation::day)).toList();
    this.cadenceDays = cadenceDays;
    this.holes =
        DayRange.holes(
            this.observations.stream().map(o -> new DayRange(o.day(), o.lastDay())).toList(),
            cadenceDays);
  }

  /**
   * Returns the complete periods of the latest pull known at the end of the cutoff, or empty if
   * they are too old.
   */
  public Optional<TrendSeries> at(int cutoff) {
    List<Observation> latest = latestPull(observations, cutoff);
    return latest.isEmpty()
        ? Optional.empty()
        : Optional.of(new TrendSeries(latest, cadenceDays))
            .filter(series -> cutoff - series.lastDay().orElseThrow() < STALE_DAYS);
  }

  /**
   * Returns the complete periods of the latest pull known at the end of the cutoff, in the order of
   * their days; none if no pull was known. Values of different pulls may be scaled differently.
   */
  public static List<Observation> latestPull(List<Observation> series, int cutoff) {
    long end = EpochTimes.endOf(cutoff);
    List<Observation> known =
        series.stream().filter(o -> o.availableAt() <= end && o.lastDay() <= cutoff).toList();
    return known.stream()
        .max(Comparator.comparingLong(Observation::availableAt).thenComparing(Observation::pull))
        .map(Observation::pull)
        .map(pull -> known.stream().filter(o -> o.pull().equals(pull)))
        .map(latest -> List.copyOf(latestOfDays(latest).values()))
        .orElse(List.of());
  }

  private static NavigableMap<Integer, Observation> latestOfDays(Stream<Observation> pull) {
    NavigableMap<Integer, Observation> days = new TreeMap<>();
    pull.forEach(
        o ->
            days.merge(
                o.day(), o, (one, other) -> other.availableAt() < one.availableAt() ? one : other));
    return days;
  }

  /** Returns whether a value is of a day that is at least a number of weeks ago. */
  public boolean reachesBack(int weeks) {
    int last = lastDay().orElseThrow() - 7 * weeks;
    return observations.stream().anyMatch(o -> o.lastDay() <= last);
  }

  public OptionalInt lastDay() {
    return observations.stream().mapToInt(Observation::lastDay).max();
  }

  /**
   * Returns the mean value of the weeks that are at least {@code to} and fewer than {@code from}
   * weeks ago; NaN if there is no value or the weeks have a hole.
   */
  public double mean(int from, int to) {
    int end = lastDay().orElseThrow();
    int first = end - 7 * from + 1;
    int last = end - 7 * to;
    if (holes.stream().anyMatch(hole -> hole.overlap(first, last))) {
      return Double.NaN;
    }
    double sum = 0;
    int count = 0;
    for (Observation observation : observations) {
      if (observation.day() >= first && observation.lastDay() <= last) {
        sum += observation.value();
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }
}
