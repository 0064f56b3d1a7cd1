package io.trendflow.collection.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.collection.landing.PullWriter;
import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.pull.SourceCollector;
import io.trendflow.schemas.PullManifest;
import io.trendflow.schemas.Sha256;
import java.time.Duration;
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

  /** Updates become visible with a delay, and clocks differ. */
  private static final Duration OVERLAP = Duration.ofMinutes(10);

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

  private static final class Pull {
    private final PullTask task;
    private final boolean all;
    private final ShopifySettings settings;
    private final ShopifyGraphql graphql;
    private @Nullable PullWriter writer;
    private long records;

    Pull(PullTask task, boolean all) {
      this.task = task;
      this.all = all;
      this.settings = task.settings(ShopifySettings.class);
      this.graphql = new ShopifyGraphql(task, settings);
    }

    PullReport run() {
      Instant now = task.clock().instant();
      PullManifest latest =
          all || task.since() != null ? null : task.history().latest().orElse(null);
      String query =
          latest == null ? null : "updated_at:>='" + latest.pulledAt().minus(OVERLAP) + "'";
      if (task.dryRun()) {
        return report(PullOutcome.PLANNED);
      }
      String cursor = null;
      do {
        JsonNode page = page(query, cursor, null, now);
        for (JsonNode product : page.path("nodes")) {
          JsonNode variants = ShopifyGraphql.required(product, "variants");
          String id = ShopifyGraphql.required(product, "id").asText();
          String only = "id:" + id.substring(id.lastIndexOf('/') + 1);
          while (variants.at("/pageInfo/hasNextPage").asBoolean()) {
            JsonNode more = page(only, null, variants.at("/pageInfo/endCursor").asText(), now);
            variants = ShopifyGraphql.required(more.path("nodes").path(0), "variants");
          }
        }
        boolean hasNext = page.at("/pageInfo/hasNextPage").asBoolean();
        cursor = hasNext ? page.at("/pageInfo/endCursor").asText() : null;
      } while (cursor != null);
      if (writer == null) {
        return report(PullOutcome.NOT_DUE);
      }
      writer.seal(
          records,
          graphql.client().requests(),
          null,
          "shopify-admin/" + settings.apiVersion(),
          Sha256.shortId(PAGE + query),
          task.codeVersion(),
          Map.of());
      return report(PullOutcome.LANDED);
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

    private PullReport report(PullOutcome outcome) {
      return new PullReport(
          task.source(),
          outcome,
          records,
          graphql.client().requests(),
          null,
          task.clock().waited().toMillis() / 1000.0,
          null);
    }
  }
}
