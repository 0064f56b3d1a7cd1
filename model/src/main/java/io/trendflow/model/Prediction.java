package io.trendflow.model;

import org.jspecify.annotations.Nullable;

/**
 * Prediction for a row, in units over the horizon except {@code raw}.
 *
 * @param raw log(1 + units), before any correction
 * @param median conditional median
 * @param expected conditional mean
 * @param lower lower end of the 80 % interval; null if no residuals are known
 * @param upper upper end of the 80 % interval; null if no residuals are known
 */
public record Prediction(
    double raw, double median, double expected, @Nullable Double lower, @Nullable Double upper) {}
