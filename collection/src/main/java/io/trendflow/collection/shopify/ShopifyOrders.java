package io.trendflow.collection.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.collection.landing.PullWriter;
import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullPeriod;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.pull.PullWindow;
import io.trendflow.collection.pull.SourceCollector;
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

  private static final class Pull extends ShopifyPull {
    private final PullPeriod period;

    /** Orders by day of the pulled ranges, in the first time zone. */
    private final Map<LocalDate, Long> orders = new TreeMap<>();

    Pull(PullTask task) {
      super(task);
      this.period = PullPeriod.of(task, settings.restateDays());
    }

    @Override
    PullReport run() {
      Instant lastPull = period.lastPull();
      OrderChanges changes =
          OrderChanges.since(
              lastPull == null ? period.now() : lastPull,
              lastPull == null ? Map.of() : searches(),
              graphql);
      LocalDate readable = changes.firstReadable(period.now(), period.window());
      Set<LocalDate> due = period.daysFrom(period.start());
      if (lastPull != null) {
        changes
            .updated()
            .forEach(
                order ->
                    due.addAll(period.window().days(OrderChanges.instant(order, "createdAt"))));
        changes.counts().forEach((day, count) -> addIfChanged(due, day, count));
      }
      due.removeIf(day -> day.isAfter(period.yesterday()));
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
      PullWriter writer = task.history().begin(period.now());
      ranges.forEach(range -> pull(range, writer));
      return seal(writer, ranges, PAGE + ranges, seen(due));
    }

    /** Returns the searches for the orders of each day, in the first time zone. */
    private Map<String, String> searches() {
      LocalDate most = period.yesterday().minusDays(OrderChanges.MOST_SEARCHES - 1L);
      Map<String, String> searches = new TreeMap<>();
      for (LocalDate day :
          period.daysFrom(period.earliest().isAfter(most) ? period.earliest() : most)) {
        List<Instant> bounds = period.window().bounds(day);
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

    private Map<String, Long> seen(Set<LocalDate> due) {
      Map<String, Long> seen = new TreeMap<>(task.history().seen());
      due.forEach(day -> seen.put(day.toString(), orders.getOrDefault(day, 0L)));
      seen.keySet().removeIf(day -> day.compareTo(period.earliest().toString()) < 0);
      return seen;
    }

    private void pull(PullDays range, PullWriter writer) {
      String query =
          OrderChanges.createdBetween(
              period.window().start(range.from()), period.window().end(range.to()));
      if (range.from().plusDays(settings.daysOfBulk()).isBefore(range.to())) {
        bulk(query, writer);
      } else {
        ShopifyGraphql.readAll(
            query,
            "lineItems",
            (searched, after, lines) -> page(searched, after, lines, writer),
            this::count);
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
      orders.merge(period.window().day(OrderChanges.instant(order, "createdAt")), 1L, Long::sum);
    }

    private JsonNode page(
        @Nullable String query, @Nullable String after, @Nullable String lines, PullWriter writer) {
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
      land(answer, own, writer);
      return page;
    }
  }
}
