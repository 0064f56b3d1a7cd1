package io.trendflow.model.order;

import java.util.List;

/**
 * Orders within a budget.
 *
 * @param orders orders of at least one unit, the highest expected profit first
 * @param bound expected profit that no plan within the limits can exceed
 */
public record BudgetPlan(List<PlannedOrder> orders, double bound) {
  public BudgetPlan {
    orders = List.copyOf(orders);
  }

  public double cost() {
    return orders.stream().mapToDouble(PlannedOrder::cost).sum();
  }

  public double expectedProfit() {
    return orders.stream().mapToDouble(PlannedOrder::expectedProfit).sum();
  }

  /** Returns the share of the bound by which the expected profit is below it. */
  public double gap() {
    return bound <= 0 ? 0 : Math.max(0, 1 - expectedProfit() / bound);
  }
}
