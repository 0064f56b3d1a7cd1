package io.trendflow.model;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Distribution of actual units around the raw predictions of a cell, on the scale log(1 + units).
 *
 * @param from smallest raw prediction of the cell
 * @param n number of residuals
 * @param quantiles residuals at the levels 0.05, 0.10 to 0.95, ascending
 */
public record ResidualCell(double from, int n, List<Double> quantiles) implements Serializable {
  /** Fewest residuals from which an 80 % interval with guaranteed coverage exists. */
  static final int MIN_RESIDUALS = 9;

  /** Number of equal parts into which the levels divide the distribution. */
  static final int PARTS = 20;

  /** Number of levels. */
  static final int LEVELS = PARTS - 1;

  public ResidualCell {
    quantiles = List.copyOf(quantiles);
    if (n < 0 || quantiles.size() != LEVELS || !ascending(quantiles)) {
      throw new IllegalArgumentException(
          "a residual cell must have n of at least 0 and %d ascending quantiles, but has n=%d and the quantiles %s"
              .formatted(LEVELS, n, quantiles));
    }
  }

  /**
   * Returns the finite-sample quantiles of split conformal prediction: below the median, at the
   * level p, the floor(p (n + 1))th of n sorted values, above it the ceil(p (n + 1))th. A new value
   * is between the quantiles at p and 1 - p in at least 1 - 2 p of the cases. A level that n values
   * do not reach has the smallest or largest of them.
   *
   * @param sorted at least one value, ascending
   */
  static double[] conformal(double[] sorted) {
    int n = sorted.length;
    double[] quantiles = new double[LEVELS];
    for (int level = 1; 2 * level < PARTS; level++) {
      int rank = Math.max(1, (int) ((long) level * (n + 1) / PARTS));
      quantiles[level - 1] = sorted[rank - 1];
      quantiles[LEVELS - level] = sorted[n - rank];
    }
    quantiles[PARTS / 2 - 1] = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return quantiles;
  }

  /** Returns this cell with every quantile scaled. */
  ResidualCell scaled(double factor) {
    return new ResidualCell(from, n, quantiles.stream().map(q -> factor * q).toList());
  }

  /** Returns half the width of the 80 % interval, not below 1e-6. */
  double halfWidth() {
    return Math.max(1e-6, (quantile(PARTS - 2) - quantile(2)) / 2);
  }

  /**
   * Returns the residual at a level.
   *
   * @param twentieths level times 20, from 1 to 19
   */
  double quantile(int twentieths) {
    return quantiles.get(twentieths - 1);
  }

  /**
   * Returns the probability of a residual that is at most the given one: the quantiles' levels
   * interpolated, with exponential tails beyond the outermost quantiles.
   */
  double probability(double residual) {
    double first = quantiles.get(0);
    double last = quantiles.get(LEVELS - 1);
    if (residual < first) {
      return tail(first - residual, quantiles.get(1) - first);
    }
    if (residual >= last) {
      return 1 - tail(residual - last, last - quantiles.get(LEVELS - 2));
    }
    int above = 1;
    while (residual >= quantiles.get(above)) {
      above++;
    }
    double low = quantiles.get(above - 1);
    return (above + (residual - low) / (quantiles.get(above) - low)) / PARTS;
  }

  /** Returns the probability beyond a distance from an outermost quantile. */
  private static double tail(double distance, double scale) {
    return scale > 0 ? Math.exp(-distance / scale) / PARTS : 0;
  }

  private static boolean ascending(List<Double> quantiles) {
    return IntStream.range(1, quantiles.size())
        .allMatch(i -> quantiles.get(i - 1) <= quantiles.get(i));
  }
}
