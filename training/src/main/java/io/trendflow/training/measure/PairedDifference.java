package io.trendflow.training.measure;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Difference of two methods or models in a metric, over the groups in which it is defined for both.
 *
 * @param one unweighted mean of the first over these groups
 * @param other unweighted mean of the second over these groups
 * @param standardError standard error of the difference; null if it is unknown
 */
public record PairedDifference(
    Metric metric, double one, double other, @Nullable Double standardError) {
  /** Number of standard errors from which a difference is told from chance. */
  static final double TOLD_APART = 2;

  /**
   * Compares values by group.
   *
   * @param one values by group of cutoff and market
   * @param other values of the other by the same groups
   * @return the difference with its standard error over the origins; null if no group is in both
   */
  static @Nullable PairedDifference of(
      Metric metric, Map<String, Double> one, Map<String, Double> other) {
    SortedMap<String, Sums> origins = new TreeMap<>();
    Sums all = new Sums();
    one.forEach(
        (group, value) -> {
          Double against = other.get(group);
          if (against != null) {
            origins.computeIfAbsent(origin(group), day -> new Sums()).add(value, against);
            all.add(value, against);
          }
        });
    if (all.groups == 0) {
      return null;
    }
    double[] differences = origins.values().stream().mapToDouble(Sums::difference).toArray();
    return new PairedDifference(
        metric, all.one / all.groups, all.other / all.groups, NeweyWest.standardError(differences));
  }

  /** Returns the day at the beginning of a group's name. */
  static String origin(String group) {
    return group.split(" ", 2)[0];
  }

  /** Returns the first mean less the second. */
  public double difference() {
    return one - other;
  }

  /** Returns the size of the difference in standard errors; null if the error is unknown. */
  public @Nullable Double standardErrors() {
    return standardError == null ? null : (Double) Math.abs(difference() / standardError);
  }

  /** Returns whether the first is better by at least two standard errors. */
  public boolean isBetter() {
    return isToldApart() && metric.isBetter(one, other);
  }

  /** Returns whether the first is worse by at least two standard errors. */
  public boolean isWorse() {
    return isToldApart() && metric.isBetter(other, one);
  }

  private boolean isToldApart() {
    return standardError != null && Math.abs(difference()) >= TOLD_APART * standardError;
  }

  /**
   * Returns both means and the difference for people.
   *
   * @param name name of the second, such as {@code of last_horizon}; may be empty
   */
  public String text(String name) {
    String error =
        standardError == null ? "" : String.format(Locale.ROOT, " ± %.3f", standardError);
    return String.format(
        Locale.ROOT,
        "%s %.3f against %.3f%s (difference %+.3f%s)",
        metric.label(),
        one,
        other,
        name.isEmpty() ? "" : " " + name,
        difference(),
        error);
  }

  /** Sums over groups. */
  private static final class Sums {
    private double one;
    private double other;
    private int groups;

    private void add(double value, double against) {
      one += value;
      other += against;
      groups++;
    }

    private double difference() {
      return (one - other) / groups;
    }
  }
}
