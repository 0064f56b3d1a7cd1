package io.trendflow.features;

import static io.trendflow.features.ProductFeatures.LOG_RATIO;
import static io.trendflow.features.ProductFeatures.any;

import io.trendflow.features.ProductFeatures.FeatureGroup;
import io.trendflow.history.PlannedInput;

/** Features of what a calendar plans for the horizon. */
final class PlannedFeatures {
  private PlannedFeatures() {}

  static void add(FeatureGroup to) {
    add(
        to,
        PlannedInput.PROMOTED_DAYS,
        "days",
        "Days of the horizon for which a promotion of the product is planned.");
    add(
        to,
        PlannedInput.PROMOTION_DEPTH,
        "share",
        "Planned reduction of the price by promotions, a mean over the horizon's days; 0.2 is 20 % off on every day.");
    add(
        to,
        PlannedInput.PRICE_CHANGE,
        LOG_RATIO,
        "Mean planned price over the horizon against the current price; negative if the price will be lower.");
  }

  private static void add(FeatureGroup to, PlannedInput input, String unit, String description) {
    any(to, input.feature(), unit, description, product -> input.of(product.plan()));
  }
}
