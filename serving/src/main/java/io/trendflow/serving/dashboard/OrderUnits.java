package io.trendflow.serving.dashboard;

import io.trendflow.model.order.OrderCandidate;
import org.jspecify.annotations.Nullable;

/** Units to order of a product, as text. */
record OrderUnits(OrderCandidate candidate, PageLanguage language) {
  /** Chance of covering the demand for a product without a cost, whose best order is unknown. */
  private static final double SAFE = 0.8;

  /**
   * Returns the units to order: those with the highest expected profit, or for a product without a
   * cost those with which it stays in stock in 8 of 10 cases; null without quantiles.
   */
  @Nullable Long units() {
    if (!candidate.isPredicted()) {
      return null;
    }
    return candidate.isComplete() ? candidate.bestUnits() : candidate.safeUnits(SAFE);
  }

  /** Returns the units to order as text; null without quantiles. */
  @Nullable String orderUnits() {
    Long units = units();
    return units == null ? null : language.wording().number(units.doubleValue());
  }

  /** Returns whether the order is the one with the highest expected profit. */
  boolean isPriced() {
    return candidate.isComplete();
  }

  /** Returns the units in stock and on order; null if there are none. */
  @Nullable String inStock() {
    double units = candidate.stock().units();
    return units > 0 ? language.wording().number(units) : null;
  }
}
