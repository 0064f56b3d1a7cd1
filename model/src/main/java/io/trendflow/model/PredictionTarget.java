package io.trendflow.model;

/**
 * Target that the trees predict. The raw prediction, log(1 + units over the horizon), follows from
 * it.
 */
public enum PredictionTarget {
  /** log(1 + units). */
  UNITS,
  /**
   * log(1 + units) - log(1 + baseline_units): the trees learn and explain only the deviation from
   * the baseline.
   */
  GROWTH;

  /** Returns the number that is added to the trees' sum to give the raw prediction. */
  public double offset(double baselineUnits) {
    return this == GROWTH ? Math.log1p(baselineUnits) : 0;
  }
}
