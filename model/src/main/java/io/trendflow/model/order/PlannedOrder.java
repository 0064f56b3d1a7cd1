package io.trendflow.model.order;

import java.time.LocalDate;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Order of a product in a plan.
 *
 * @param units ordered units
 * @param marginalValue expected profit of the last pack for each unit of money that it costs
 */
public record PlannedOrder(OrderCandidate candidate, long units, double marginalValue) {
  static final Comparator<PlannedOrder> MOST_PROFIT =
      Comparator.comparingDouble(PlannedOrder::expectedProfit)
          .reversed()
          .thenComparing(order -> order.candidate().predicted().productId())
          .thenComparing(order -> order.candidate().predicted().market());

  static PlannedOrder of(OrderCandidate candidate, long units) {
    long before = units - candidate.pack() < candidate.minimum() ? 0 : units - candidate.pack();
    double value = candidate.profit(units) - candidate.profit(before);
    return new PlannedOrder(candidate, units, value / (candidate.unitCost() * (units - before)));
  }

  public double cost() {
    return candidate.unitCost() * units;
  }

  public double expectedProfit() {
    return candidate.profit(units);
  }

  public double stockoutChance() {
    return candidate.stockoutChance(units);
  }

  public @Nullable Double coverDays() {
    return candidate.coverDays(units);
  }

  public @Nullable LocalDate orderBy() {
    return candidate.orderBy();
  }
}
