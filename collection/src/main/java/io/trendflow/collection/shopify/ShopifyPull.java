package io.trendflow.collection.shopify;

import io.trendflow.collection.landing.PullWriter;
import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.schemas.PullManifest.PullDays;
import io.trendflow.schemas.Sha256;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pull of a source of Shopify. */
abstract class ShopifyPull {
  final PullTask task;
  final ShopifySettings settings;
  final ShopifyGraphql graphql;

  /** Number of records that were landed. */
  long records;

  ShopifyPull(PullTask task) {
    this.task = task;
    this.settings = task.settings(ShopifySettings.class);
    this.graphql = new ShopifyGraphql(task, settings);
  }

  abstract PullReport run();

  /** Lands a page with its number of records. */
  void land(ShopifyGraphql.Answer answer, long own, PullWriter writer) {
    records += own;
    writer.page(answer.bytes());
    task.progress().accept("%s: page %d, %d records".formatted(task.source(), writer.pages(), own));
  }

  /**
   * Seals the pull.
   *
   * @param request query and days, by which the manifest tells requests apart
   */
  PullReport seal(
      PullWriter writer, @Nullable List<PullDays> days, String request, Map<String, Long> seen) {
    writer.seal(
        records,
        graphql.client().requests(),
        days,
        "shopify-admin/" + settings.apiVersion(),
        Sha256.shortId(request),
        task.codeVersion(),
        seen);
    return report(PullOutcome.LANDED, days);
  }

  PullReport report(PullOutcome outcome, @Nullable List<PullDays> days) {
    return task.report(outcome, records, graphql.client().requests(), days);
  }
}
