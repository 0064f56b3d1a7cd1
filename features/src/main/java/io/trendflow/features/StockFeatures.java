package io.trendflow.features;

import static io.trendflow.features.ProductFeatures.LOG_RATIO;
import static io.trendflow.features.ProductFeatures.ratio;
import static io.trendflow.features.ProductFeatures.sold;

import io.trendflow.features.ProductFeatures.FeatureGroup;

/** Features of the product's stock. */
final class StockFeatures {
  private StockFeatures() {}

  static void add(FeatureGroup to) {
    sold(
        to, "days_out_28", "days", "Days out of stock among the last 28 days.", p -> p.daysOut(28));
    sold(
        to,
        "stock_cover",
        LOG_RATIO,
        "Units on hand against the baseline's units over the horizon.",
        p -> ratio(p.onHand(), p.meanUnits()));
  }
}
