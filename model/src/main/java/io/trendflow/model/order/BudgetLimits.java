package io.trendflow.model.order;

import java.util.Map;

/**
 * Limits of a purchase plan, in the plan's currency.
 *
 * @param budget money for all orders; infinite if it does not matter
 * @param supplierMinimums lowest cost of all orders from a supplier that has any, by supplier
 * @param categoryCaps highest cost of all orders of a category, by category
 */
public record BudgetLimits(
    double budget, Map<String, Double> supplierMinimums, Map<String, Double> categoryCaps) {
  public BudgetLimits {
    supplierMinimums = Map.copyOf(supplierMinimums);
    categoryCaps = Map.copyOf(categoryCaps);
    if (!(budget >= 0)) {
      throw new IllegalArgumentException(
          "the budget is %s, but must be a number from 0 on".formatted(budget));
    }
  }

  /** Returns limits with a budget only. */
  public static BudgetLimits of(double budget) {
    return new BudgetLimits(budget, Map.of(), Map.of());
  }
}
