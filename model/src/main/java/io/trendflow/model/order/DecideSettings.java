package io.trendflow.model.order;

import org.jspecify.annotations.Nullable;

/**
 * Settings of orders, the block {@code decide} of the configuration.
 *
 * @param reviewDays days between two orders of a product
 * @param defaultMargin share of the price that remains after the cost, for products without a cost;
 *     null if such products have no order quantity
 * @param salvage share of the cost that an unsold unit still brings, for products without a salvage
 *     rate of their own
 * @param holdingPerYear share of the cost that keeping an unsold unit costs in a year
 * @param serviceMin lowest chance that an order without a budget covers the demand; null if the
 *     profit alone decides
 */
public record DecideSettings(
    int reviewDays,
    @Nullable Double defaultMargin,
    double salvage,
    double holdingPerYear,
    @Nullable Double serviceMin) {
  /** Settings of a configuration without the block. */
  public static final DecideSettings DEFAULTS = new DecideSettings(7, null, 0.3, 0.2, null);

  public DecideSettings {
    require(reviewDays >= 1 && reviewDays <= 365, "review_days", reviewDays, "from 1 to 365");
    require(
        defaultMargin == null || (defaultMargin > 0 && defaultMargin < 1),
        "default_margin",
        defaultMargin,
        "above 0 and below 1, such as 0.4");
    require(salvage >= 0 && salvage <= 1, "salvage", salvage, "from 0 to 1");
    require(
        holdingPerYear >= 0 && holdingPerYear <= 10,
        "holding_per_year",
        holdingPerYear,
        "from 0 to 10");
    require(
        serviceMin == null || (serviceMin > 0 && serviceMin < 1),
        "service_min",
        serviceMin,
        "above 0 and below 1, such as 0.9");
  }

  private static void require(boolean holds, String key, @Nullable Object value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s is %s, but must be a number %s.".formatted(key, value, allowed));
    }
  }
}
