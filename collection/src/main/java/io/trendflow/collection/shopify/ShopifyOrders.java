package io.trendflow.collection.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.collection.landing.PullWriter;
import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.pull.PullWindow;
import io.trendflow.collection.pull.SourceCollector;
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
 * Collector of orders. It pulls whole days: those since the watermark, those of orders that were
 * updated since the last pull, and those on which orders were deleted.
 */
public final class ShopifyOrders implements SourceCollector {
  private static final String FIELDS =
      """
      id name createdAt cancelledAt test displayFinancialStatus""";
  private static final String LINE =
      """
      id sku name vendor quantity
                discountedUnitPriceSet { shopMoney { amount currencyCode } }""";
  private static final String PAGE =
      """
      query Orders($query: String!, $after: String, $lines: String) {
        orders(first: 25, after: $after, query: $query, sortKey: CREATED_AT) {
          pageInfo { hasNextPage endCursor }
          nodes {
            %s
            lineItems(first: 10, after: $lines) {
              pageInfo { hasNextPage endCursor }
              nodes {
                %s
              }
            }
          }
        }
      }"""
          .formatted(FIELDS, LINE);
  private static final String BULK =
      """
      {
        orders(query: "%s", sortKey: CREATED_AT) {
          edges {
            node {
              %s
              lineItems { edges { node {
                %s
              } } }
            }
          }
        }
      }""";

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

    /** Orders by day of the pulled ranges, in the first time zone. */
    private final Map<LocalDate, Long> orders = new TreeMap<>();

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
      LocalDate start = task.since() == null ? earliest : task.since();
      OrderChanges changes =
          OrderChanges.since(
              lastPull,
              first
                  ? Map.of()
                  : searches(max(earliest, yesterday.minusDays(OrderChanges.MOST_SEARCHES - 1L))),
              graphql);
      LocalDate readable = changes.firstReadable(now, window);
      Set<LocalDate> due = new TreeSet<>();
      if (first) {
        start.datesUntil(max(start, yesterday.plusDays(1))).forEach(due::add);
      } else {
        LocalDate after = task.history().watermark().orElse(earliest.minusDays(1)).plusDays(1);
        after.datesUntil(max(after, yesterday.plusDays(1))).forEach(due::add);
        changes
            .updated()
            .forEach(order -> due.addAll(window.days(OrderChanges.instant(order, "createdAt"))));
        changes.counts().forEach((day, count) -> addIfChanged(due, day, count));
      }
      due.removeIf(day -> day.isAfter(yesterday));
      if (due.removeIf(day -> day.isBefore(readable))) {
        task.progress()
            .accept(
                "%s: Shopify shows this app only the orders since %s; add the scope read_all_orders to pull earlier days"
                    .formatted(task.source(), readable));
      }
      List<PullDays> ranges = PullWindow.ranges(due);
      if (due.isEmpty() || task.dryRun()) {
        return report(due.isEmpty() ? PullOutcome.NOT_DUE : PullOutcome.PLANNED, ranges);
      }
      PullWriter writer = task.history().begin(now);
      ranges.forEach(range -> pull(range, writer));
      writer.seal(
          records,
          graphql.client().requests(),
          ranges,
          "shopify-admin/" + settings.apiVersion(),
          Sha256.shortId(PAGE + ranges),
          task.codeVersion(),
          seen(earliest, due));
      return report(PullOutcome.LANDED, ranges);
    }

    private static LocalDate max(LocalDate one, LocalDate other) {
      return one.isAfter(other) ? one : other;
    }

    /** Returns the searches for the orders of each day, in the first time zone. */
    private Map<String, String> searches(LocalDate from) {
      Map<String, String> searches = new TreeMap<>();
      for (LocalDate day = from; !day.isAfter(yesterday); day = day.plusDays(1)) {
        List<Instant> bounds = window.bounds(day);
        searches.put(day.toString(), OrderChanges.createdBetween(bounds.get(0), bounds.get(1)));
      }
      return searches;
    }

    private void addIfChanged(Set<LocalDate> due, String day, long count) {
      Long seen = task.history().seen().get(day);
      if (seen != null && seen != count) {
        due.add(LocalDate.parse(day));
      }
    }

    private Map<String, Long> seen(LocalDate earliest, Set<LocalDate> due) {
      Map<String, Long> seen = new TreeMap<>(task.history().seen());
      due.forEach(day -> seen.put(day.toString(), orders.getOrDefault(day, 0L)));
      seen.keySet().removeIf(day -> day.compareTo(earliest.toString()) < 0);
      return seen;
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

    private void pull(PullDays range, PullWriter writer) {
      String query =
          OrderChanges.createdBetween(window.start(range.from()), window.end(range.to()));
      if (range.from().plusDays(settings.daysOfBulk()).isBefore(range.to())) {
        bulk(query, writer);
      } else {
        pages(query, writer);
      }
    }

    private void bulk(String query, PullWriter writer) {
      Map<LocalDate, Long> before = new TreeMap<>(orders);
      long recordsBefore = records;
      new BulkDownload(task, graphql)
          .run(
              BULK.formatted(query, FIELDS, LINE),
              writer,
              () -> {
                orders.clear();
                orders.putAll(before);
                records = recordsBefore;
              },
              line -> {
                if (line.has("__parentId")) {
                  records++;
                } else {
                  count(line);
                }
              });
    }

    private void count(JsonNode order) {
      orders.merge(window.day(OrderChanges.instant(order, "createdAt")), 1L, Long::sum);
    }

    private void pages(String query, PullWriter writer) {
      String cursor = null;
      do {
        JsonNode page = page(query, cursor, null, writer);
        for (JsonNode order : page.path("nodes")) {
          count(order);
          JsonNode lines = ShopifyGraphql.required(order, "lineItems");
          String id = ShopifyGraphql.required(order, "id").asText();
          String only = "id:" + id.substring(id.lastIndexOf('/') + 1);
          while (lines.at("/pageInfo/hasNextPage").asBoolean()) {
            // The same query for this order alone, so that its page has the same form.
            JsonNode more = page(only, null, lines.at("/pageInfo/endCursor").asText(), writer);
            lines = ShopifyGraphql.required(more.path("nodes").path(0), "lineItems");
          }
        }
        boolean hasNext = page.at("/pageInfo/hasNextPage").asBoolean();
        cursor = hasNext ? page.at("/pageInfo/endCursor").asText() : null;
      } while (cursor != null);
    }

    private JsonNode page(
        String query, @Nullable String after, @Nullable String lines, PullWriter writer) {
      Map<String, Object> variables = new HashMap<>();
      variables.put("query", query);
      variables.put("after", after);
      variables.put("lines", lines);
      ShopifyGraphql.Answer answer = graphql.run(PAGE, variables);
      JsonNode page = ShopifyGraphql.required(answer.data(), "orders");
      long own = 0;
      for (JsonNode order : ShopifyGraphql.required(page, "nodes")) {
        own += ShopifyGraphql.required(ShopifyGraphql.required(order, "lineItems"), "nodes").size();
      }
      records += own;
      writer.page(answer.bytes());
      task.progress()
          .accept("%s: page %d, %d records".formatted(task.source(), writer.pages(), own));
      return page;
    }
  }
}
