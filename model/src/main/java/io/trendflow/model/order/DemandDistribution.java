package io.trendflow.model.order;

/** Distribution of the units that customers want over a period; never negative. */
public interface DemandDistribution {
  /**
   * Returns the units that are sold on average from a stock, E[min(demand, stock)].
   *
   * @param stock units, at least 0
   */
  double soldUnits(double stock);

  /** Returns the probability that the demand exceeds the units. */
  double chanceAbove(double units);

  /**
   * Returns the smallest units that the demand does not exceed with a probability.
   *
   * @param level probability, at least 0 and below 1
   */
  double quantile(double level);
}
