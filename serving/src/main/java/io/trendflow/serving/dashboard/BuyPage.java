package io.trendflow.serving.dashboard;

import io.trendflow.model.order.OrderCandidate;
import io.trendflow.model.order.OrderProposal;
import io.trendflow.model.order.PlannedOrder;
import io.trendflow.model.order.PredictedDemand;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.api.OrderQuery;
import io.trendflow.serving.web.SiteAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Content of the page about what to buy.
 *
 * @param query parameters with the market that is shown
 */
record BuyPage(OrderQuery query, OrderProposal proposal, CallerView view, PageLanguage language) {
  /** Maximum number of shown orders; the workbook has all of them. */
  static final int MOST_ORDERS = 200;

  /** Maximum number of shown products without a quantity. */
  static final int MOST_INCOMPLETE = 50;

  private static final double SAFE = 0.8;
  private static final double VERY_SAFE = 0.9;

  /**
   * Returns the query with a market: amounts of several markets can have several currencies, so
   * that the first market is shown if none is asked for.
   */
  static OrderQuery inMarket(OrderQuery query) {
    Collection<String> markets = CallerView.of(query.request()).markets();
    boolean asked = query.market() != null && !query.market().isEmpty();
    return asked || markets.isEmpty()
        ? query
        : new OrderQuery(
            query.request(),
            markets.iterator().next(),
            query.budget(),
            query.supplier(),
            query.category());
  }

  List<PlannedOrder> orders() {
    return proposal.plan().orders().stream().limit(MOST_ORDERS).toList();
  }

  List<OrderCandidate> incomplete() {
    return proposal.incomplete().stream().limit(MOST_INCOMPLETE).toList();
  }

  /** Returns the number of all ordered units. */
  long units() {
    return proposal.plan().orders().stream().mapToLong(PlannedOrder::units).sum();
  }

  String money(double amount) {
    return language.wording().money(amount, proposal.currency());
  }

  /** Returns the URL of the plan's workbook. */
  String workbook() {
    Map<String, @Nullable String> parameters = new LinkedHashMap<>();
    parameters.put("market", query.market());
    parameters.put("budget", query.budget());
    parameters.put("supplier", query.supplier());
    parameters.put("category", query.category());
    return SiteAddress.of("/orders.xlsx", parameters);
  }

  /** Returns the URL of a product's page. */
  static String product(PredictedDemand predicted) {
    return SiteAddress.product(predicted.productId(), predicted.market());
  }

  static String title(PredictedDemand predicted) {
    return predicted.name() == null ? predicted.productId() : predicted.name();
  }

  /** Returns the columns that a product lacks, in the words of the page. */
  String missing(OrderCandidate candidate) {
    return String.join(
        ", ",
        candidate.missing().stream().map(column -> language.value("buy.missing", column)).toList());
  }

  String safe(OrderCandidate candidate) {
    return safe(candidate, SAFE);
  }

  String verySafe(OrderCandidate candidate) {
    return safe(candidate, VERY_SAFE);
  }

  private String safe(OrderCandidate candidate, double level) {
    return candidate.isPredicted()
        ? language.wording().number((double) candidate.safeUnits(level))
        : language.say("none");
  }
}
