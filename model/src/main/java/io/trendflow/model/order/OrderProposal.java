package io.trendflow.model.order;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Proposed orders of products, and the products without a proposal.
 *
 * @param currency currency of all amounts; null if no product has one
 * @param budget money that the orders may cost; null if it does not matter
 * @param plan the orders
 * @param incomplete products that lack a column, the most expected units first
 * @param tooExpensive products whose units cost as much as their price or more
 */
public record OrderProposal(
    @Nullable String currency,
    @Nullable Double budget,
    BudgetPlan plan,
    List<OrderCandidate> incomplete,
    List<OrderCandidate> tooExpensive) {
  private static final Comparator<OrderCandidate> MOST_UNITS =
      Comparator.comparingDouble(
              (OrderCandidate candidate) -> candidate.predicted().expectedUnits())
          .reversed();

  public OrderProposal {
    incomplete = List.copyOf(incomplete);
    tooExpensive = List.copyOf(tooExpensive);
  }

  /**
   * Proposes orders.
   *
   * @param limits limits of the plan; null for the best order of each product
   * @throws IllegalArgumentException if the products have amounts in several currencies, in a
   *     sentence
   */
  public static OrderProposal of(List<OrderCandidate> candidates, @Nullable BudgetLimits limits) {
    List<OrderCandidate> complete = candidates.stream().filter(OrderCandidate::isComplete).toList();
    List<OrderCandidate> sensible =
        complete.stream().filter(candidate -> !candidate.isCostTooHigh()).toList();
    return new OrderProposal(
        currency(complete),
        limits == null || Double.isInfinite(limits.budget()) ? null : limits.budget(),
        limits == null ? best(sensible) : BudgetPlanner.plan(sensible, limits),
        candidates.stream()
            .filter(candidate -> !candidate.isComplete())
            .sorted(MOST_UNITS)
            .toList(),
        complete.stream().filter(OrderCandidate::isCostTooHigh).sorted(MOST_UNITS).toList());
  }

  private static BudgetPlan best(List<OrderCandidate> candidates) {
    List<PlannedOrder> orders =
        candidates.stream()
            .filter(candidate -> candidate.bestUnits() > 0)
            .map(candidate -> PlannedOrder.of(candidate, candidate.bestUnits()))
            .sorted(PlannedOrder.MOST_PROFIT)
            .toList();
    return new BudgetPlan(orders, orders.stream().mapToDouble(PlannedOrder::expectedProfit).sum());
  }

  private static @Nullable String currency(List<OrderCandidate> candidates) {
    TreeMap<String, TreeSet<String>> markets = new TreeMap<>();
    for (OrderCandidate candidate : candidates) {
      if (candidate.terms().currency() != null) {
        markets
            .computeIfAbsent(candidate.terms().currency(), currency -> new TreeSet<>())
            .add(candidate.predicted().market());
      }
    }
    if (markets.size() > 1) {
      throw new IllegalArgumentException(
          "the products have amounts in several currencies, %s: name one of these markets"
              .formatted(
                  String.join(
                      " and ",
                      markets.entrySet().stream()
                          .map(one -> one.getKey() + " in " + String.join(", ", one.getValue()))
                          .toList())));
    }
    return markets.isEmpty() ? null : markets.firstKey();
  }
}
