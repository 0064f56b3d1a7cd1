package io.trendflow.history;

import java.util.function.ToDoubleFunction;

/** Input of a model that follows from what is planned for the horizon. */
public enum PlannedInput {
  PROMOTED_DAYS("promo_days_ahead", HorizonPlan::promotedDays),
  PROMOTION_DEPTH("promo_depth_ahead", HorizonPlan::promotionDepth),
  PRICE_CHANGE("planned_price_vs_now", HorizonPlan::priceChange);

  private final String feature;
  private final ToDoubleFunction<HorizonPlan> value;

  PlannedInput(String feature, ToDoubleFunction<HorizonPlan> value) {
    this.feature = feature;
    this.value = value;
  }

  /** Returns the name of the feature. */
  public String feature() {
    return feature;
  }

  /** Returns the value under a plan; NaN if it is unknown. */
  public double of(HorizonPlan plan) {
    return value.applyAsDouble(plan);
  }
}
