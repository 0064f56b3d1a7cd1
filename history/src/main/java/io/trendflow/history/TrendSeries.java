package io.trendflow.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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

  private static final Comparator<Observation> BY_DAY = Comparator.comparingInt(Observation::day);

  private final List<Observation> observations;
  private final int cadenceDays;
  private final List<DayRange> holes;
  private final OptionalInt lastDay;

  /**
   * Creates a series.
   *
   * @param cadenceDays days that the source may be silent; a longer silence is a hole
   */
  public TrendSeries(List<Observation> observations, int cadenceDays) {
    this.observations = observations.stream().sorted(BY_DAY).toList();
    this.cadenceDays = cadenceDays;
    this.lastDay = this.observations.stream().mapToInt(Observation::lastDay).max();
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
            .filter(series -> cutoff - series.lastDay.orElseThrow() < STALE_DAYS);
  }

  /**
   * Returns the complete periods of the latest pull known at the end of the cutoff, in the order of
   * their days; none if no pull was known. Values of different pulls may be scaled differently.
   */
  public static List<Observation> latestPull(List<Observation> series, int cutoff) {
    return latestOf(known(series, cutoff));
  }

  /**
   * Returns the periods known at the end of the cutoff on the scale of the latest pull, in the
   * order of their days. Each earlier pull, the latest first, adds the periods before all others,
   * multiplied by the ratio of the values that the overlap has and those of the pull. A pull that
   * overlaps in fewer than {@value #OVERLAP_DAYS} days, or only in zeros, adds nothing. Nor does
   * any pull once the series has two years.
   */
  static List<Observation> tiedPulls(List<Observation> series, int cutoff) {
    List<Observation> known = known(series, cutoff);
    List<Observation> tied = latestOf(known);
    if (tied.isEmpty() || reaches(tied, cutoff)) {
      return tied;
    }
    Iterator<List<Observation>> earlier =
        known.stream().collect(Collectors.groupingBy(Observation::pull)).values().stream()
            .sorted(Comparator.comparing(pull -> Collections.max(pull, LATEST), LATEST.reversed()))
            .skip(1)
            .iterator();
    while (earlier.hasNext() && !reaches(tied, cutoff)) {
      tied = tie(tied, latestOfDays(earlier.next().stream()));
    }
    return tied;
  }

  private static boolean reaches(List<Observation> tied, int cutoff) {
    return tied.get(0).day() <= cutoff - REACH_DAYS;
  }

  /** Adds the periods of an earlier pull that end before the first day of the later ones. */
  private static List<Observation> tie(List<Observation> later, List<Observation> pull) {
    int first = later.get(0).day();
    double factor = factor(later, pull);
    return factor > 0
        ? Stream.concat(
                pull.stream().filter(o -> o.lastDay() < first).map(o -> o.times(factor)),
                later.stream())
            .toList()
        : later;
  }

  /**
   * Returns the factor from the scale of one pull to that of the later ones; 0 if it is unknown.
   */
  private static double factor(List<Observation> later, List<Observation> pull) {
    Map<Integer, Observation> byDay =
        later.stream().collect(Collectors.toMap(Observation::day, o -> o));
    int days = 0;
    double above = 0;
    double below = 0;
    for (Observation observation : pull) {
      Observation same = byDay.get(observation.day());
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

  private static List<Observation> latestOf(List<Observation> known) {
    if (known.isEmpty()) {
      return known;
    }
    String pull = Collections.max(known, LATEST).pull();
    return latestOfDays(known.stream().filter(o -> o.pull().equals(pull)));
  }

  /** Returns the observations of a pull in the order of their days, of each day the latest. */
  private static List<Observation> latestOfDays(Stream<Observation> pull) {
    List<Observation> days = new ArrayList<>();
    pull.sorted(BY_DAY)
        .forEachOrdered(
            o -> {
              int last = days.size() - 1;
              if (last < 0 || days.get(last).day() < o.day()) {
                days.add(o);
              } else if (days.get(last).availableAt() <= o.availableAt()) {
                days.set(last, o);
              }
            });
    return Collections.unmodifiableList(days);
  }

  /** Returns whether a value is of a day that is at least a number of weeks ago. */
  public boolean reachesBack(int weeks) {
    int last = lastDay.orElseThrow() - 7 * weeks;
    return observations.stream().anyMatch(o -> o.lastDay() <= last);
  }

  public OptionalInt lastDay() {
    return lastDay;
  }

  /**
   * Returns the mean value of the weeks that are at least {@code to} and fewer than {@code from}
   * weeks ago; NaN if there is no value or the weeks have a hole.
   */
  public double mean(int from, int to) {
    int end = lastDay.orElseThrow();
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
