package io.trendflow.model;

/**
 * What was predicted, and what happened.
 *
 * @param lifecycle lifecycle at the cutoff
 * @param rawPrediction predicted log(1 + units)
 * @param actualUnits units over the horizon
 */
public record Residual(String lifecycle, double rawPrediction, double actualUnits) {

  /** Actual less predicted, on the model's scale. */
  double value() {
    return Math.log1p(actualUnits) - rawPrediction;
  }
}
