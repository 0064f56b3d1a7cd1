package io.trendflow.collection;

import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.pull.SourceCollector;
import io.trendflow.collection.shopify.ShopifyOrders;
import io.trendflow.collection.shopify.ShopifyProducts;
import io.trendflow.collection.shopify.ShopifyRefunds;
import io.trendflow.collection.web.CollectionException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Collectors by the names that {@code collect.api} has in the configuration. */
public final class CollectorRegistry {
  private static final Map<String, Supplier<SourceCollector>> COLLECTORS =
      new TreeMap<>(
          Map.of(
              "shopify-orders", ShopifyOrders::new,
              "shopify-refunds", ShopifyRefunds::new,
              "shopify-products", ShopifyProducts::updated,
              "shopify-stock", ShopifyProducts::stock));

  private CollectorRegistry() {}

  /** Pulls a source; a failure becomes the problem of the report. */
  public static PullReport collect(PullTask task) {
    try {
      return collector(task).collect(task);
    } catch (CollectionException | IllegalArgumentException e) {
      return failed(task, String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      return failed(
          task,
          "The files of source %s cannot be written or read (%s): check raw.path."
              .formatted(task.source(), e.getCause()));
    }
  }

  private static SourceCollector collector(PullTask task) {
    Object api = task.settings().get("api");
    Supplier<SourceCollector> collector = api == null ? null : COLLECTORS.get(api.toString());
    if (collector == null) {
      throw new IllegalArgumentException(
          task.key("api") + " is " + api + ": use one of " + COLLECTORS.keySet() + ".");
    }
    return collector.get();
  }

  private static PullReport failed(PullTask task, String problem) {
    return new PullReport(
        task.source(),
        PullOutcome.FAILED,
        0,
        0,
        null,
        task.clock().waited().toMillis() / 1000.0,
        problem);
  }
}
