package io.trendflow.features;

import static io.trendflow.features.ProductFeatures.LOG_RATIO;
import static io.trendflow.features.ProductFeatures.any;

import io.trendflow.features.ProductFeatures.FeatureGroup;
import io.trendflow.history.ProductState;

/** Features of what a calendar plans for the horizon. */
final class PlannedFeatures {
  private PlannedFeatures() {}

  static void add(FeatureGroup to) {
    any(
        to,
        "promo_days_ahead",
        "days",
        "Days of the horizon for which a promotion of the product is planned.",
        ProductState::promotedDaysAhead);
    any(
        to,
        "promo_depth_ahead",
        "share",
        "Planned reduction of the price by promotions, a mean over the horizon's days; 0.2 is 20 % off on every day.",
        ProductState::promotionDepthAhead);
    any(
        to,
        "planned_price_vs_now",
        LOG_RATIO,
        "Mean planned price over the horizon against the current price; negative if the price will be lower.",
        p -> Math.log(p.plannedPrice() / p.currentPrice()));
  }
}
