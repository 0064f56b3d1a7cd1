package io.trendflow.features;

import static io.trendflow.features.ProductFeatures.LOG_RATIO;
import static io.trendflow.features.ProductFeatures.sold;

import io.trendflow.features.ProductFeatures.FeatureGroup;

/** Features of the product's median price, which bulk discounts move little. */
final class PriceFeatures {
  private static final int YEAR = 364;

  private PriceFeatures() {}

  static void add(FeatureGroup to) {
    for (int days : new int[] {14, 28, 56, 112}) {
      sold(
          to,
          "price_vs_%d_ago".formatted(days),
          LOG_RATIO,
          "Median price of the last 28 days against the price %d days earlier.".formatted(days),
          p -> Math.log(p.medianPrice(0) / p.medianPrice(days)));
    }
    sold(
        to,
        "price_vs_year_ago",
        LOG_RATIO,
        "Median price of the last 28 days against the price a year earlier.",
        p -> Math.log(p.medianPrice(0) / p.medianPrice(YEAR)));
    sold(
        to,
        "price_vs_highest",
        LOG_RATIO,
        "Median price of the last 28 days against the highest of the last 168 days; negative in a promotion.",
        p -> Math.log(p.medianPrice(0) / p.highestPrice()));
    sold(
        to,
        "price_mix_28",
        LOG_RATIO,
        "Mean price of a unit in the last 28 days against the median price of a day; negative if bulk purchases got a discount.",
        p -> Math.log(p.price(28) / p.medianPrice(0)));
  }
}
