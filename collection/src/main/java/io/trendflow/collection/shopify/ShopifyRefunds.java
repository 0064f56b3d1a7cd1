package io.trendflow.collection.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.collection.landing.PullWriter;
import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.pull.PullWindow;
import io.trendflow.collection.pull.SourceCollector;
import io.trendflow.collection.web.CollectionException;
import io.trendflow.schemas.PullManifest;
import io.trendflow.schemas.PullManifest.PullDays;
import io.trendflow.schemas.Sha256;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

  private static final class Pull {
    private final PullTask task;
    private final ShopifySettings settings;
    private final ShopifyGraphql graphql;
    private final PullWindow window;
    private final Instant now;
    private final LocalDate yesterday;
    private long records;

    Pull(PullTask task) {
      this.task = task;
      this.settings = task.settings(ShopifySettings.class);
      this.graphql = new ShopifyGraphql(task, settings);
      this.window = new PullWindow(task.zones());
      this.now = task.clock().instant();
      this.yesterday = window.lastOver(now);
    }

    PullReport run() {
      LocalDate earliest = yesterday.minusDays(settings.restateDays() - 1L);
      PullManifest latest = task.history().latest().orElse(null);
      boolean first = latest == null || task.since() != null;
      Instant lastPull = latest == null || first ? now : latest.pulledAt();
      String next = COUNT + earliest;
      Map<String, String> searches = new TreeMap<>();
      searches.put(next, refundedSince(next));
      String known =
          first ? next : task.history().seen().keySet().stream().findFirst().orElse(next);
      searches.put(known, refundedSince(known));
      OrderChanges changes = OrderChanges.since(lastPull, searches, graphql);
      LocalDate readable = changes.firstReadable(now, window);
      Set<LocalDate> due = new TreeSet<>();
      if (first) {
        add(due, task.since() == null ? earliest : task.since());
      } else {
        add(due, task.history().watermark().orElse(earliest.minusDays(1)).plusDays(1));
        changes.updated().forEach(order -> addDays(due, order, lastPull));
        if (!changes.counts().getOrDefault(known, 0L).equals(expected(known, changes, lastPull))) {
          // Refunded orders were deleted.
          add(due, earliest);
        }
      }
      due.removeIf(day -> day.isAfter(yesterday) || day.isBefore(readable));
      List<PullDays> ranges = PullWindow.ranges(due);
      if (due.isEmpty() || task.dryRun()) {
        return report(due.isEmpty() ? PullOutcome.NOT_DUE : PullOutcome.PLANNED, ranges);
      }
      PullWriter writer = task.history().begin(now);
      // An order was updated when it was refunded, or later.
      pages("updated_at:>='" + window.start(ranges.get(0).from()) + "'", writer);
      writer.seal(
          records,
          graphql.client().requests(),
          ranges,
          "shopify-admin/" + settings.apiVersion(),
          Sha256.shortId(PAGE + ranges),
          task.codeVersion(),
          Map.of(next, changes.counts().getOrDefault(next, 0L)));
      return report(PullOutcome.LANDED, ranges);
    }

    private void add(Set<LocalDate> due, LocalDate from) {
      for (LocalDate day = from; !day.isAfter(yesterday); day = day.plusDays(1)) {
        due.add(day);
      }
    }

    /** Adds the days of an order's refunds that count since the last pull, or no longer count. */
    private void addDays(Set<LocalDate> due, JsonNode order, Instant lastPull) {
      boolean cancelled =
          order.hasNonNull("cancelledAt")
              && !OrderChanges.instant(order, "cancelledAt").isBefore(lastPull);
      for (JsonNode refund : ShopifyGraphql.required(order, "refunds")) {
        Instant created = OrderChanges.instant(refund, "createdAt");
        if (cancelled || !created.isBefore(lastPull)) {
          due.addAll(window.days(created));
        }
      }
    }

    private static LocalDate firstDay(String count) {
      return LocalDate.parse(count.substring(COUNT.length()));
    }

    private String refundedSince(String count) {
      return "created_at:>='" + window.start(firstDay(count)) + "' AND " + REFUNDED;
    }

    /** Returns how many orders are refunded if none of those known before was deleted. */
    private long expected(String count, OrderChanges changes, Instant lastPull) {
      Instant from = window.start(firstDay(count));
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
      JsonNode page = ShopifyGraphql.required(answer.data(), "orders").path("pageInfo");
      return page.path("hasNextPage").asBoolean() ? page.path("endCursor").asText() : null;
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
      records += own;
      writer.page(answer.bytes());
      task.progress()
          .accept("%s: page %d, %d records".formatted(task.source(), writer.pages(), own));
    }

    private PullReport report(PullOutcome outcome, List<PullDays> ranges) {
      return new PullReport(
          task.source(),
          outcome,
          records,
          graphql.client().requests(),
          ranges,
          task.clock().waited().toMillis() / 1000.0,
          null);
    }
  }
}
