package io.trendflow.model.order;

import io.trendflow.model.UnitQuantiles;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Prediction of a product's demand, as its score has it.
 *
 * @param asOf last day that the prediction knows
 * @param horizonStart first day of the horizon, the day after asOf or the launch
 * @param expectedUnits mean units over the horizon
 * @param quantiles quantiles of the units over the horizon; null in old scores
 */
public record PredictedDemand(
    String market,
    String productId,
    @Nullable String name,
    @Nullable String category,
    LocalDate asOf,
    LocalDate horizonStart,
    int horizonDays,
    double expectedUnits,
    @Nullable UnitQuantiles quantiles) {}
