package io.trendflow.model;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * Out-of-sample prediction whose outcome is known.
 *
 * @param cutoff day at whose end the prediction was made
 * @param residual prediction and outcome
 * @param baselineUnits units that the baseline predicted
 * @param meanUnits conditional mean before {@link UpliftShrinkage}
 * @param upliftShare rank of the predicted uplift among the rows of cutoff and market, as a share:
 *     near 0 for the highest, near 1 for the lowest
 */
public record PastPrediction(
    LocalDate cutoff,
    PredictionResidual residual,
    double baselineUnits,
    double meanUnits,
    double upliftShare) {
  /** Order on which sums of predictions depend, by all that differs. */
  static final Comparator<PastPrediction> ORDER =
      Comparator.comparing(PastPrediction::cutoff)
          .thenComparing(past -> past.residual().lifecycle())
          .thenComparingDouble(PastPrediction::upliftShare)
          .thenComparingDouble(past -> past.residual().rawPrediction())
          .thenComparingDouble(PastPrediction::actualUnits)
          .thenComparingDouble(PastPrediction::baselineUnits)
          .thenComparingDouble(PastPrediction::meanUnits);

  double actualUnits() {
    return residual.actualUnits();
  }

  double promisedUplift() {
    return meanUnits - baselineUnits;
  }

  double realisedUplift() {
    return actualUnits() - baselineUnits;
  }

  PastPrediction withActualUnits(double units) {
    PredictionResidual other =
        new PredictionResidual(residual.lifecycle(), residual.rawPrediction(), units);
    return new PastPrediction(cutoff, other, baselineUnits, meanUnits, upliftShare);
  }
}
