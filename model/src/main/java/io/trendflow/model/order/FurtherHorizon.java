package io.trendflow.model.order;

import io.trendflow.model.UnitQuantiles;

/**
 * Prediction of a product's demand over a horizon longer than the first one. Both begin on the same
 * day.
 *
 * @param expectedUnits mean units over the horizon, at least those of a shorter one
 * @param quantiles quantiles of the units over the horizon, each at least that of a shorter one
 */
public record FurtherHorizon(int horizonDays, double expectedUnits, UnitQuantiles quantiles) {}
