package io.trendflow.model;

import java.util.List;

/**
 * Target that the trees predict. The raw prediction, log(1 + units over the horizon), follows from
 * it.
 */
public enum PredictionTarget {
  /** log(1 + units). */
  UNITS(0),
  /**
   * log(1 + units) - log(1 + baseline_units): the trees learn and explain only the deviation from
   * the baseline.
   */
  GROWTH(1),
  /**
   * Mean of an ensemble of units and one of growth. Their errors differ, so that the mean is better
   * than both; it is one sum of trees, in which each tree counts half.
   */
  BOTH(0.5);

  private final double baselineShare;

  PredictionTarget(double baselineShare) {
    this.baselineShare = baselineShare;
  }

  /** Returns the targets whose ensembles are averaged; the target itself if it is not a mean. */
  public List<PredictionTarget> parts() {
    return this == BOTH ? List.of(UNITS, GROWTH) : List.of(this);
  }

  /** Returns the number that is added to the trees' sum to give the raw prediction. */
  public double offset(double baselineUnits) {
    return baselineShare == 0 ? 0 : baselineShare * Math.log1p(baselineUnits);
  }
}
