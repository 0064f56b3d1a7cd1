package io.trendflow.collection.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.pull.PullWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Changes of a shop's orders since the last pull: which orders were updated, how many orders there
 * are, and how far back orders can be read.
 *
 * @param updated orders that were updated since the last pull
 * @param counts number of orders that each search finds, by its name
 * @param readsAll whether the app may read orders older than 60 days
 */
record OrderChanges(List<JsonNode> updated, Map<String, Long> counts, boolean readsAll) {
  /** Scope without which only the orders of the last 60 days can be read. */
  private static final String ALL_ORDERS = "read_all_orders";

  private static final int PAGE = 100;

  /** Number of searches in a request, whose cost is limited. */
  static final int MOST_SEARCHES = 60;

  private static final String UPDATED =
      """
      query Changes($query: String!, $after: String%s) {
        currentAppInstallation { accessScopes { handle } }
        orders(first: %d, after: $after, query: $query, sortKey: CREATED_AT) {
          pageInfo { hasNextPage endCursor }
          nodes { id createdAt cancelledAt refunds { createdAt } }
        }%s
      }""";

  /**
   * Asks for the changes.
   *
   * @param since time of the last pull
   * @param searches searches of orders by a name, at most {@link #MOST_SEARCHES}
   */
  static OrderChanges since(Instant since, Map<String, String> searches, ShopifyGraphql graphql) {
    List<String> counted = List.copyOf(searches.keySet());
    Map<String, Object> variables = new HashMap<>();
    variables.put("query", "updated_at:>='" + since.minus(PullTask.OVERLAP) + "'");
    StringBuilder declared = new StringBuilder();
    StringBuilder counts = new StringBuilder();
    for (int i = 0; i < counted.size(); i++) {
      declared.append(", $d").append(i).append(": String!");
      counts
          .append("\n  d")
          .append(i)
          .append(": ordersCount(query: $d")
          .append(i)
          .append(", limit: null) { count }");
      variables.put("d" + i, searches.get(counted.get(i)));
    }
    List<JsonNode> updated = new ArrayList<>();
    JsonNode data = graphql.run(UPDATED.formatted(declared, PAGE, counts), variables).data();
    Map<String, Long> found = new TreeMap<>();
    for (int i = 0; i < counted.size(); i++) {
      found.put(
          counted.get(i),
          ShopifyGraphql.required(ShopifyGraphql.required(data, "d" + i), "count").asLong());
    }
    boolean readsAll = false;
    for (JsonNode scope : data.at("/currentAppInstallation/accessScopes")) {
      readsAll |= scope.path("handle").asText().equals(ALL_ORDERS);
    }
    JsonNode orders = ShopifyGraphql.required(data, "orders");
    orders.path("nodes").forEach(updated::add);
    String more = UPDATED.formatted("", PAGE, "");
    while (orders.at("/pageInfo/hasNextPage").asBoolean()) {
      orders =
          ShopifyGraphql.required(
              graphql
                  .run(
                      more,
                      Map.of(
                          "query",
                          String.valueOf(variables.get("query")),
                          "after",
                          orders.at("/pageInfo/endCursor").asText()))
                  .data(),
              "orders");
      orders.path("nodes").forEach(updated::add);
    }
    return new OrderChanges(updated, found, readsAll);
  }

  /** Returns the search for the orders of a time, the end not included. */
  static String createdBetween(Instant start, Instant end) {
    return "created_at:>='" + start + "' created_at:<'" + end + "'";
  }

  /** Returns an instant of an order. */
  static Instant instant(JsonNode order, String field) {
    return Instant.parse(ShopifyGraphql.required(order, field).asText());
  }

  /** Returns the first day of which all orders can be read. */
  LocalDate firstReadable(Instant now, PullWindow window) {
    return readsAll ? LocalDate.EPOCH : window.day(now.minus(Duration.ofDays(60))).plusDays(1);
  }
}
