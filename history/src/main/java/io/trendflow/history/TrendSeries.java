package io.trendflow.history;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Observations of one metric of one keyword in one place, from all pulls. Values of different pulls
 * may be scaled differently. Pulls that can be compared have one pull id; the latest value of each
 * day then counts. Earlier pulls are tied to the latest one by the periods that both have.
 */
public final class TrendSeries {
  /** Age from which observations are too old to describe the present. */
  public static final int STALE_DAYS = 28;

  /** Days that two pulls must have in common, so that rounded values tell how they are scaled. */
  static final int OVERLAP_DAYS = 28;

  /** Days before the cutoff to which earlier pulls extend a series; no feature reaches further. */
  private static final int REACH_DAYS = 728;

  /**
   * Value over the days {@code day} to {@code lastDay}, known from an instant on.
   *
   * @param pull id of the pull; equal for pulls whose values can be compared
   */
  public record Observation(int day, int lastDay, double value, String pull, long availableAt) {
    private Observation times(double factor) {
      return new Observation(day, lastDay, value * factor, pull, availableAt);
    }
  }

  /**
   * Order of observations by the time since which they are known; the last is of the latest pull.
   */
  private static final Comparator<Observation> LATEST =
      Comparator.comparingLong(Observation::availableAt).thenComparing(Observation::pull);

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
   * Returns the complete periods known at the end of the cutoff, on the scale of the latest pull:
   * its own, and those before its first day from earlier pulls that can be tied to it. Empty if
   * they are too old.
   */
  public Optional<TrendSeries> at(int cutoff) {
    List<Observation> tied = tiedPulls(observations, cutoff);
    return tied.isEmpty()
        ? Optional.empty()
        : Optional.of(new TrendSeries(tied, cadenceDays))
            .filter(series -> cutoff - series.lastDay().orElseThrow() < STALE_DAYS);
  }

  /**
   * Returns the complete periods of the latest pull known at the end of the cutoff, in the order of
   * their days; none if no pull was known. Values of different pulls may be scaled differently.
   */
  public static List<Observation> latestPull(List<Observation> series, int cutoff) {
    List<Observation> known = known(series, cutoff);
    return known.stream()
        .max(LATEST)
        .map(Observation::pull)
        .map(pull -> known.stream().filter(o -> o.pull().equals(pull)))
        .map(latest -> List.copyOf(latestOfDays(latest).values()))
        .orElse(List.of());
  }

  /**
   * Returns the periods known at the end of the cutoff on the scale of the latest pull, in the
   * order of their days. Each earlier pull, the latest first, adds the periods before all others,
   * multiplied by the ratio of the values that the overlap has and those of the pull. A pull that
   * overlaps in fewer than {@value #OVERLAP_DAYS} days, or only in zeros, adds nothing. Nor does
   * any pull once the series has two years.
   */
  static List<Observation> tiedPulls(List<Observation> series, int cutoff) {
    List<Observation> latest = latestPull(series, cutoff);
    if (latest.isEmpty() || latest.get(0).day() <= cutoff - REACH_DAYS) {
      return latest;
    }
    NavigableMap<Integer, Observation> tied = latestOfDays(latest.stream());
    Map<String, List<Observation>> pulls =
        known(series, cutoff).stream().collect(Collectors.groupingBy(Observation::pull));
    pulls.values().stream()
        .sorted(Comparator.comparing(pull -> Collections.max(pull, LATEST), LATEST.reversed()))
        .skip(1)
        .takeWhile(pull -> tied.firstKey() > cutoff - REACH_DAYS)
        .map(pull -> latestOfDays(pull.stream()))
        .forEach(pull -> tie(tied, pull));
    return List.copyOf(tied.values());
  }

  /** Adds the periods of an earlier pull that end before the first day of the later ones. */
  private static void tie(
      NavigableMap<Integer, Observation> later, NavigableMap<Integer, Observation> pull) {
    int first = later.firstKey();
    double factor = factor(later, pull.tailMap(first, true));
    if (factor > 0) {
      pull.headMap(first, false).values().stream()
          .filter(o -> o.lastDay() < first)
          .forEach(o -> later.put(o.day(), o.times(factor)));
    }
  }

  /**
   * Returns the factor from the scale of one pull to that of the later ones; 0 if it is unknown.
   */
  private static double factor(
      Map<Integer, Observation> later, NavigableMap<Integer, Observation> pull) {
    int days = 0;
    double above = 0;
    double below = 0;
    for (Observation observation : pull.values()) {
      Observation same = later.get(observation.day());
      if (same != null && same.lastDay() == observation.lastDay()) {
        days += same.lastDay() - same.day() + 1;
        above += same.value();
        below += observation.value();
      }
    }
    return days >= OVERLAP_DAYS && above > 0 && below > 0 ? above / below : 0;
  }

  private static List<Observation> known(List<Observation> series, int cutoff) {
    long end = EpochTimes.endOf(cutoff);
    return series.stream().filter(o -> o.availableAt() <= end && o.lastDay() <= cutoff).toList();
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
