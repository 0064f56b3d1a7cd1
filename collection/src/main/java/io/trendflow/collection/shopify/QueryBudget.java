package io.trendflow.collection.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.collection.web.PacedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Budget of query points, which refills at a constant rate. Each request waits until the points
 * that it may cost are there, so that none is refused.
 */
final class QueryBudget {
  private final PacedClock clock;

  /** Points that each query, by its text and variables that count, was said to need. */
  private final Map<String, Double> needed = new HashMap<>();

  private double available = Double.POSITIVE_INFINITY;
  private double largest = Double.POSITIVE_INFINITY;
  private double restoreRate;
  private Instant measured = Instant.MIN;

  QueryBudget(PacedClock clock) {
    this.clock = clock;
  }

  /**
   * Waits until a query can be paid.
   *
   * @param times how many times over, because answers that did not arrive have cost points too
   */
  void await(String query, int times) {
    double points = Math.min(largest, times * needed.getOrDefault(query, 0.0));
    double missing = points - available();
    if (missing > 0 && restoreRate > 0) {
      clock.pause(Duration.ofMillis((long) Math.ceil(1000 * missing / restoreRate)));
    }
  }

  private double available() {
    if (restoreRate <= 0) {
      return available;
    }
    double since = Duration.between(measured, clock.instant()).toMillis() / 1000.0;
    return available + restoreRate * since;
  }

  /** Takes note of the cost of an answer, which also a refusal has. */
  void learn(String query, JsonNode answer) {
    JsonNode cost = answer.path("extensions").path("cost");
    JsonNode status = cost.path("throttleStatus");
    if (cost.hasNonNull("requestedQueryCost")) {
      needed.put(query, cost.get("requestedQueryCost").asDouble());
    }
    if (status.hasNonNull("currentlyAvailable")) {
      available = status.get("currentlyAvailable").asDouble();
      largest = status.path("maximumAvailable").asDouble(largest);
      restoreRate = status.path("restoreRate").asDouble();
      measured = clock.instant();
    }
  }
}
