package io.trendflow.history;

import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * Weeks of a horizon, from its first day on. Each has seven days but the last one, which has those
 * that are left.
 *
 * @param horizonDays length of the horizon, in days
 */
public record HorizonWeeks(int horizonDays) implements Serializable {
  private static final int WEEK = 7;

  /** Sum over the days from one to another, both included. */
  interface RangeSum {
    double of(int from, int to);
  }

  public int count() {
    return (horizonDays + WEEK - 1) / WEEK;
  }

  /** Returns the share of each week in the days of the horizon. */
  public double[] evenShares() {
    return IntStream.range(0, count())
        .mapToDouble(week -> (double) (end(week) - WEEK * week) / horizonDays)
        .toArray();
  }

  /** Returns the sum over the days of each week of a horizon that begins on {@code first}. */
  double[] sums(int first, RangeSum sum) {
    return IntStream.range(0, count())
        .mapToDouble(week -> sum.of(first + WEEK * week, first + end(week) - 1))
        .toArray();
  }

  private int end(int week) {
    return Math.min(horizonDays, WEEK * (week + 1));
  }
}
