package io.trendflow.collection;

import static java.util.Map.entry;

import io.trendflow.collection.bigquery.BigqueryRows;
import io.trendflow.collection.merchant.MerchantBestSellers;
import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.pull.SourceCollector;
import io.trendflow.collection.shopify.ShopifyOrders;
import io.trendflow.collection.shopify.ShopifyProducts;
import io.trendflow.collection.shopify.ShopifyRefunds;
import io.trendflow.collection.trends.SerpapiTrends;
import io.trendflow.collection.web.CollectionException;
import io.trendflow.collection.woocommerce.WoocommerceProducts;
import io.trendflow.collection.woocommerce.WoocommerceSales;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Collectors by the names that {@code collect.api} has in the configuration. */
public final class CollectorRegistry {
  private static final Map<String, Supplier<SourceCollector>> COLLECTORS =
      new TreeMap<>(
          Map.ofEntries(
              query("best-sellers-transfer"),
              entry("bigquery", BigqueryRows::ofOwnSql),
              query("ga4-items"),
              query("google-trends-terms"),
              entry("merchant-best-sellers", MerchantBestSellers::new),
              query("search-console"),
              entry("serpapi", SerpapiTrends::new),
              entry("shopify-orders", ShopifyOrders::new),
              entry("shopify-refunds", ShopifyRefunds::new),
              entry("shopify-products", ShopifyProducts::updated),
              entry("shopify-stock", ShopifyProducts::stock),
              entry("woocommerce-orders", WoocommerceSales::orders),
              entry("woocommerce-refunds", WoocommerceSales::refunds),
              entry("woocommerce-products", WoocommerceProducts::new)));

  private CollectorRegistry() {}

  /**
   * Pulls a source; a failure becomes the problem of the report.
   *
   * @param source name of the source
   * @param prepared gives the task, or fails with a sentence
   */
  public static PullReport collect(String source, Supplier<PullTask> prepared) {
    try {
      PullTask task = prepared.get();
      return collector(task).collect(task);
    } catch (CollectionException | IllegalArgumentException e) {
      return failed(source, String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      return failed(
          source,
          "The files of source %s cannot be written or read (%s): check raw.path."
              .formatted(source, e.getCause()));
    }
  }

  private static Map.Entry<String, Supplier<SourceCollector>> query(String shipped) {
    return entry(shipped, () -> BigqueryRows.shipped(shipped));
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

  private static PullReport failed(String source, String problem) {
    return new PullReport(source, PullOutcome.FAILED, 0, 0, null, 0, problem);
  }
}
