package io.trendflow.collection.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.collection.landing.PullWriter;
import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.pull.SourceCollector;
import io.trendflow.schemas.PullManifest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collector of products with their variants: those updated since the last pull, or all of them, for
 * their stock.
 */
public final class ShopifyProducts implements SourceCollector {
  private static final String PAGE =
      """
      query Products($query: String, $after: String, $variants: String) {
        products(first: 25, after: $after, query: $query, sortKey: ID) {
          pageInfo { hasNextPage endCursor }
          nodes {
            id title handle vendor productType status createdAt publishedAt
            variants(first: 25, after: $variants) {
              pageInfo { hasNextPage endCursor }
              nodes { id sku title price inventoryQuantity inventoryPolicy availableForSale }
            }
          }
        }
      }""";

  private final boolean all;

  private ShopifyProducts(boolean all) {
    this.all = all;
  }

  /** Returns a collector of the products that were updated. */
  public static ShopifyProducts updated() {
    return new ShopifyProducts(false);
  }

  /** Returns a collector of the stock of every product. */
  public static ShopifyProducts stock() {
    return new ShopifyProducts(true);
  }

  @Override
  public PullReport collect(PullTask task) {
    return new Pull(task, all).run();
  }

  private static final class Pull extends ShopifyPull {
    private final boolean all;
    private @Nullable PullWriter writer;

    Pull(PullTask task, boolean all) {
      super(task);
      this.all = all;
    }

    @Override
    PullReport run() {
      Instant now = task.clock().instant();
      PullManifest latest =
          all || task.since() != null ? null : task.history().latest().orElse(null);
      String query =
          latest == null
              ? null
              : "updated_at:>='" + latest.pulledAt().minus(PullTask.OVERLAP) + "'";
      if (task.dryRun()) {
        return report(PullOutcome.PLANNED, null);
      }
      ShopifyGraphql.readAll(
          query,
          "variants",
          (searched, after, variants) -> page(searched, after, variants, now),
          product -> {});
      if (writer == null) {
        return report(PullOutcome.NOT_DUE, null);
      }
      return seal(writer, null, PAGE + query, Map.of());
    }

    private JsonNode page(
        @Nullable String query, @Nullable String after, @Nullable String variants, Instant now) {
      Map<String, Object> variables = new HashMap<>();
      variables.put("query", query);
      variables.put("after", after);
      variables.put("variants", variants);
      ShopifyGraphql.Answer answer = graphql.run(PAGE, variables);
      JsonNode page = ShopifyGraphql.required(answer.data(), "products");
      JsonNode nodes = ShopifyGraphql.required(page, "nodes");
      if (nodes.isEmpty()) {
        return page;
      }
      for (JsonNode product : nodes) {
        records +=
            ShopifyGraphql.required(ShopifyGraphql.required(product, "variants"), "nodes").size();
      }
      if (writer == null) {
        writer = task.history().begin(now);
      }
      writer.page(answer.bytes());
      task.progress()
          .accept(
              "%s: page %d, %d products".formatted(task.source(), writer.pages(), nodes.size()));
      return page;
    }
  }
}
