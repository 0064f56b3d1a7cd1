package io.trendflow.serving.api;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.trendflow.model.order.OrderCandidate;
import io.trendflow.model.order.OrderProposal;
import io.trendflow.model.order.PlannedOrder;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proposed orders.
 *
 * @param asOf last day that the predictions know
 * @param currency currency of all amounts; null if no product has one
 * @param budget money that the orders may cost; null if none was given
 * @param orderCost cost of all orders
 * @param expectedProfit expected profit of all orders over ordering nothing
 * @param gap share of the highest conceivable profit by which expectedProfit may be below it
 * @param degraded true if the run is incomplete or outdated, or a part of the store can't be read
 * @param degradedReasons why the answer is degraded, one sentence each
 * @param orders the orders, the highest expected profit first
 * @param incomplete products without an order quantity, the most expected units first; at most 500
 * @param incompleteTotal number of products without an order quantity
 * @param costTooHigh products that are not ordered because a unit costs as much as its price or
 *     more, at most 500
 */
@Serdeable
@Schema(name = "Orders")
record OrderAnswer(
    LocalDate asOf,
    String runId,
    @Nullable String currency,
    @Nullable Double budget,
    double orderCost,
    double expectedProfit,
    double gap,
    boolean degraded,
    List<String> degradedReasons,
    List<Order> orders,
    List<Incomplete> incomplete,
    int incompleteTotal,
    List<TooExpensive> costTooHigh) {
  private static final int MOST = 500;

  /**
   * Order of a product.
   *
   * @param orderUnits units, whole packs of at least the minimum order
   * @param costAssumed whether the cost is assumed from the default margin
   * @param marginalValue expected profit of the last pack for each unit of money that it costs
   * @param stockoutChance probability that the demand exceeds stock and order
   * @param coverDays days that stock and order last at the expected pace; null if nothing is sold
   * @param orderBy last day on which an order arrives in time at the expected pace, not before the
   *     run's day; null if nothing is sold
   */
  @Serdeable
  @Schema(name = "Order")
  record Order(
      String market,
      String productId,
      @Nullable String name,
      @Nullable String category,
      @Nullable String supplier,
      long orderUnits,
      double unitCost,
      boolean costAssumed,
      double orderCost,
      double expectedProfit,
      double marginalValue,
      double stockoutChance,
      @Nullable Double coverDays,
      @Nullable LocalDate orderBy,
      double onHand,
      double onOrder) {
    static Order of(PlannedOrder order) {
      OrderCandidate candidate = order.candidate();
      return new Order(
          candidate.predicted().market(),
          candidate.predicted().productId(),
          candidate.predicted().name(),
          candidate.predicted().category(),
          candidate.terms().supplier(),
          order.units(),
          candidate.unitCost(),
          candidate.isCostAssumed(),
          order.cost(),
          order.expectedProfit(),
          order.marginalValue(),
          order.stockoutChance(),
          order.coverDays(),
          order.orderBy(),
          candidate.stock().onHand(),
          candidate.stock().onOrder());
    }
  }

  /**
   * Product without an order quantity.
   *
   * @param missing columns of the catalogue or the scores that it lacks
   * @param unitsSafe80 units to order so that stock and order last with a probability of 80 %; null
   *     without quantiles
   * @param unitsSafe90 the same with a probability of 90 %
   */
  @Serdeable
  @Schema(name = "Order.Incomplete")
  record Incomplete(
      String market,
      String productId,
      @Nullable String name,
      List<String> missing,
      @Nullable Long unitsSafe80,
      @Nullable Long unitsSafe90) {
    static Incomplete of(OrderCandidate candidate) {
      boolean predicted = candidate.isPredicted();
      return new Incomplete(
          candidate.predicted().market(),
          candidate.predicted().productId(),
          candidate.predicted().name(),
          candidate.missing(),
          predicted ? candidate.safeUnits(0.8) : null,
          predicted ? candidate.safeUnits(0.9) : null);
    }
  }

  /** Product whose unit costs as much as its price or more. */
  @Serdeable
  @Schema(name = "Order.TooExpensive")
  record TooExpensive(
      String market, String productId, @Nullable String name, double unitCost, double price) {
    static TooExpensive of(OrderCandidate candidate) {
      return new TooExpensive(
          candidate.predicted().market(),
          candidate.predicted().productId(),
          candidate.predicted().name(),
          candidate.unitCost(),
          candidate.price());
    }
  }

  static OrderAnswer of(CallerView view, OrderProposal proposal) {
    return new OrderAnswer(
        view.run().asOf(),
        view.run().runId(),
        proposal.currency(),
        proposal.budget(),
        proposal.plan().cost(),
        proposal.plan().expectedProfit(),
        proposal.plan().gap(),
        view.served().degraded(),
        view.degradedReasons(),
        proposal.plan().orders().stream().map(Order::of).toList(),
        proposal.incomplete().stream().limit(MOST).map(Incomplete::of).toList(),
        proposal.incomplete().size(),
        proposal.tooExpensive().stream().limit(MOST).map(TooExpensive::of).toList());
  }
}
