package io.trendflow.model;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;

/**
 * Factors by which a predicted uplift came true in the past, by its rank. The highest of many
 * predictions are the highest because of their errors too (the winner's curse), and keep less than
 * they promise.
 *
 * @param factors factor by {@link PastPrediction#upliftShare}
 */
public record UpliftShrinkage(PiecewiseCurve factors) implements Serializable {
  /** Returns the shrinkage that changes nothing. */
  public static UpliftShrinkage none() {
    return new UpliftShrinkage(new PiecewiseCurve(List.of(0.0), List.of(1.0)));
  }

  /** Returns the factor for a rank, as a share. */
  public double factor(double upliftShare) {
    return factors.at(upliftShare);
  }

  static UpliftShrinkage of(Collection<PastPrediction> past) {
    return none();
  }
}
