package io.trendflow.model;

import org.jspecify.annotations.Nullable;

/**
 * Prediction for a row, in units over the horizon except {@code raw} and {@code chance}.
 *
 * @param raw log(1 + units), before any correction
 * @param median conditional median
 * @param expected conditional mean
 * @param quantiles quantiles of the units; null if no residuals are known
 * @param chance probability that the units exceed the baseline; null if no residuals are known
 */
public record Prediction(
    double raw,
    double median,
    double expected,
    @Nullable UnitQuantiles quantiles,
    @Nullable Double chance) {

  /** Returns this prediction with another mean. */
  Prediction withExpected(double units) {
    return new Prediction(raw, median, units, quantiles, chance);
  }
}
