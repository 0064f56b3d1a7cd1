package io.trendflow.collection.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.collection.landing.PullWriter;
import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullPeriod;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.pull.PullWindow;
import io.trendflow.collection.pull.SourceCollector;
import io.trendflow.collection.web.CollectionException;
import io.trendflow.schemas.PullManifest.PullDays;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collector of refunds, each on its own day. A refund never changes; its order may be cancelled or
 * deleted later, whose refunds then do not count, so that their days are pulled again.
 */
public final class ShopifyRefunds implements SourceCollector {
  /** Name of the count of refunded orders, before the first day of the orders. */
  private static final String COUNT = "refunded orders since ";

  private static final String PAGE =
      """
      query Refunds($query: String!, $after: String, $first: Int!, $lines: Int!) {
        orders(first: $first, after: $after, query: $query, sortKey: CREATED_AT) {
          pageInfo { hasNextPage endCursor }
          nodes {
            id name createdAt cancelledAt test
            refunds {
              id createdAt
              refundLineItems(first: $lines) {
                pageInfo { hasNextPage }
                nodes {
                  quantity
                  subtotalSet { shopMoney { amount currencyCode } }
                  lineItem { id sku name vendor }
                }
              }
            }
          }
        }
      }""";

  private static final int ORDERS = 15;
  private static final int LINES = 10;

  /** Most lines of a refund; more would cost more than a query may. */
  private static final int MOST_LINES = 200;

  private static final String REFUNDED =
      "(financial_status:refunded OR financial_status:partially_refunded)";

  @Override
  public PullReport collect(PullTask task) {
    return new Pull(task).run();
  }

  private static final class Pull extends ShopifyPull {
    private final PullPeriod period;

    Pull(PullTask task) {
      super(task);
      this.period = PullPeriod.of(task, settings.restateDays());
    }

    @Override
    PullReport run() {
      Instant lastPull = period.lastPull();
      String next = COUNT + period.earliest();
      Map<String, String> searches = new TreeMap<>();
      searches.put(next, refundedSince(next));
      String known =
          lastPull == null
              ? next
              : task.history().seen().keySet().stream().findFirst().orElse(next);
      searches.put(known, refundedSince(known));
      OrderChanges changes =
          OrderChanges.since(lastPull == null ? period.now() : lastPull, searches, graphql);
      LocalDate readable = changes.firstReadable(period.now(), period.window());
      Set<LocalDate> due = period.daysFrom(period.start());
      if (lastPull != null) {
        changes.updated().forEach(order -> addDays(due, order, lastPull));
        if (!changes.counts().getOrDefault(known, 0L).equals(expected(known, changes, lastPull))) {
          // Refunded orders were deleted.
          due.addAll(period.daysFrom(period.earliest()));
        }
      }
      due.removeIf(day -> day.isAfter(period.yesterday()) || day.isBefore(readable));
      List<PullDays> ranges = PullWindow.ranges(due);
      if (due.isEmpty() || task.dryRun()) {
        return report(due.isEmpty() ? PullOutcome.NOT_DUE : PullOutcome.PLANNED, ranges);
      }
      PullWriter writer = task.history().begin(period.now());
      // An order was updated when it was refunded, or later.
      pages("updated_at:>='" + period.window().start(ranges.get(0).from()) + "'", writer);
      return seal(
          writer, ranges, PAGE + ranges, Map.of(next, changes.counts().getOrDefault(next, 0L)));
    }

    /** Adds the days of an order's refunds that count since the last pull, or no longer count. */
    private void addDays(Set<LocalDate> due, JsonNode order, Instant lastPull) {
      boolean cancelled =
          order.hasNonNull("cancelledAt")
              && !OrderChanges.instant(order, "cancelledAt").isBefore(lastPull);
      for (JsonNode refund : ShopifyGraphql.required(order, "refunds")) {
        Instant created = OrderChanges.instant(refund, "createdAt");
        if (cancelled || !created.isBefore(lastPull)) {
          due.addAll(period.window().days(created));
        }
      }
    }

    private static LocalDate firstDay(String count) {
      return LocalDate.parse(count.substring(COUNT.length()));
    }

    private String refundedSince(String count) {
      return "created_at:>='" + period.window().start(firstDay(count)) + "' AND " + REFUNDED;
    }

    /** Returns how many orders are refunded if none of those known before was deleted. */
    private long expected(String count, OrderChanges changes, Instant lastPull) {
      Instant from = period.window().start(firstDay(count));
      return task.history().seen().getOrDefault(count, 0L)
          + changes.updated().stream()
              .filter(order -> !OrderChanges.instant(order, "createdAt").isBefore(from))
              .filter(order -> isNewlyRefunded(order, lastPull))
              .count();
    }

    private static boolean isNewlyRefunded(JsonNode order, Instant lastPull) {
      JsonNode refunds = ShopifyGraphql.required(order, "refunds");
      for (JsonNode refund : refunds) {
        if (OrderChanges.instant(refund, "createdAt").isBefore(lastPull)) {
          return false;
        }
      }
      return !refunds.isEmpty();
    }

    private void pages(String query, PullWriter writer) {
      String cursor = null;
      do {
        ShopifyGraphql.Answer answer = page(query, cursor, ORDERS, LINES);
        if (hasMoreLines(answer)) {
          // The lines of several refunds cannot be continued by one cursor, so that the same
          // orders are asked for one by one.
          cursor = oneByOne(query, cursor, answer, writer);
        } else {
          land(answer, writer);
          cursor = next(answer);
        }
      } while (cursor != null);
    }

    private @Nullable String oneByOne(
        String query, @Nullable String after, ShopifyGraphql.Answer whole, PullWriter writer) {
      String cursor = after;
      int orders = whole.data().at("/orders/nodes").size();
      for (int i = 0; i < orders; i++) {
        ShopifyGraphql.Answer answer = page(query, cursor, 1, MOST_LINES);
        if (hasMoreLines(answer)) {
          throw new CollectionException(
              "Order %s has a refund of more than %d lines, which a query may not ask for: land its day by hand (docs/collection.md)."
                  .formatted(answer.data().at("/orders/nodes/0/name").asText(), MOST_LINES));
        }
        land(answer, writer);
        cursor = next(answer);
      }
      return cursor;
    }

    private static boolean hasMoreLines(ShopifyGraphql.Answer answer) {
      for (JsonNode order : answer.data().at("/orders/nodes")) {
        for (JsonNode refund : order.path("refunds")) {
          if (refund.at("/refundLineItems/pageInfo/hasNextPage").asBoolean()) {
            return true;
          }
        }
      }
      return false;
    }

    private static @Nullable String next(ShopifyGraphql.Answer answer) {
      return ShopifyGraphql.next(ShopifyGraphql.required(answer.data(), "orders"));
    }

    private ShopifyGraphql.Answer page(String query, @Nullable String after, int first, int lines) {
      Map<String, Object> variables = new HashMap<>();
      variables.put("query", query);
      variables.put("after", after);
      variables.put("first", first);
      variables.put("lines", lines);
      return graphql.run(PAGE, variables);
    }

    private void land(ShopifyGraphql.Answer answer, PullWriter writer) {
      long own = 0;
      for (JsonNode order : ShopifyGraphql.required(answer.data(), "orders").path("nodes")) {
        for (JsonNode refund : ShopifyGraphql.required(order, "refunds")) {
          own +=
              ShopifyGraphql.required(ShopifyGraphql.required(refund, "refundLineItems"), "nodes")
                  .size();
        }
      }
      land(answer, own, writer);
    }
  }
}
