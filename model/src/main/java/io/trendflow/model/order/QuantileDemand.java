package io.trendflow.model.order;

import io.trendflow.model.UnitQuantiles;
import java.util.List;

/**
 * Distribution through the quantiles of a score. It is exact at their levels and linear in between.
 * Below the lowest level it goes on for as many units as between the two lowest levels, but not
 * below 0. Above the highest level it falls exponentially, at the rate of the two highest.
 */
public final class QuantileDemand implements DemandDistribution {
  private static final int KNOTS = UnitQuantiles.LEVELS.size() + 1;

  /** Levels of the knots, from 0 to that of the highest quantile. */
  private final double[] levels = new double[KNOTS];

  private final double[] units = new double[KNOTS];

  /** Units sold on average from the stock of each knot. */
  private final double[] sold = new double[KNOTS];

  /** Mean excess over the highest quantile, given that the demand exceeds it. */
  private final double tail;

  private QuantileDemand(List<Double> quantiles) {
    for (int i = 1; i < KNOTS; i++) {
      levels[i] = UnitQuantiles.LEVELS.get(i - 1) / 100.0;
      units[i] = quantiles.get(i - 1);
      if (!Double.isFinite(units[i]) || units[i] < 0 || (i > 1 && units[i] < units[i - 1])) {
        throw new IllegalArgumentException(
            "the quantiles %s are not ascending or not finite numbers from 0 on"
                .formatted(quantiles));
      }
    }
    units[0] = Math.max(0, 2 * units[1] - units[2]);
    sold[0] = units[0];
    for (int i = 1; i < KNOTS; i++) {
      double above = 1 - (levels[i - 1] + levels[i]) / 2;
      sold[i] = sold[i - 1] + (units[i] - units[i - 1]) * above;
    }
    int last = KNOTS - 1;
    tail = (units[last] - units[last - 1]) / Math.log((1 - levels[last - 1]) / (1 - levels[last]));
  }

  /** Returns the distribution over the horizon of the score. */
  public static QuantileDemand of(UnitQuantiles quantiles) {
    return new QuantileDemand(quantiles.units());
  }

  /**
   * Returns the distribution over another period of the same product.
   *
   * @param share expected units of the period as a share of those of the horizon. The median is
   *     scaled by it. The distances from the median are scaled by its root below 1 and by itself
   *     above 1, which are the wider ones of independent and of equal errors.
   */
  public static QuantileDemand of(UnitQuantiles quantiles, double share) {
    double median = quantiles.units().get(UnitQuantiles.LEVELS.indexOf(50));
    double spread = Math.max(share, Math.sqrt(share));
    return new QuantileDemand(
        quantiles.units().stream()
            .map(units -> Math.max(0, share * median + spread * (units - median)))
            .toList());
  }

  @Override
  public double soldUnits(double stock) {
    int last = KNOTS - 1;
    if (stock >= units[last]) {
      double above = 1 - levels[last];
      return tail == 0
          ? sold[last]
          : sold[last] - above * tail * Math.expm1(-(stock - units[last]) / tail);
    }
    if (stock <= units[0]) {
      return stock;
    }
    int next = knotAbove(stock);
    double width = stock - units[next - 1];
    return sold[next - 1] + width * (1 - (levels[next - 1] + level(next, stock)) / 2);
  }

  @Override
  public double chanceAbove(double stock) {
    int last = KNOTS - 1;
    if (stock >= units[last]) {
      return tail == 0 ? 0 : (1 - levels[last]) * Math.exp(-(stock - units[last]) / tail);
    }
    return stock < units[0] ? 1 : 1 - level(knotAbove(stock), stock);
  }

  @Override
  public double quantile(double level) {
    int last = KNOTS - 1;
    if (level > levels[last]) {
      return units[last] + tail * Math.log((1 - levels[last]) / (1 - level));
    }
    int next = 1;
    while (levels[next] < level) {
      next++;
    }
    double share = (level - levels[next - 1]) / (levels[next] - levels[next - 1]);
    // This form returns the knot itself at a share of 1, without a rounding error.
    return units[next - 1] * (1 - share) + units[next] * share;
  }

  /** Returns the first knot above a stock that is at least the lowest and below the highest. */
  private int knotAbove(double stock) {
    int next = 1;
    while (units[next] <= stock) {
      next++;
    }
    return next;
  }

  private double level(int next, double stock) {
    double share = (stock - units[next - 1]) / (units[next] - units[next - 1]);
    return levels[next - 1] + share * (levels[next] - levels[next - 1]);
  }
}
