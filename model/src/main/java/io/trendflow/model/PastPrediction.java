package io.trendflow.model;

import java.time.LocalDate;

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

  double promisedUplift() {
    return meanUnits - baselineUnits;
  }

  double realisedUplift() {
    return residual.actualUnits() - baselineUnits;
  }
}
