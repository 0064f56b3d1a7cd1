package io.trendflow.collection.woocommerce;

import io.trendflow.collection.landing.PullWriter;
import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.pull.SourceCollector;
import io.trendflow.schemas.PullManifest;
import io.trendflow.schemas.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Collector of the products that were changed since the last pull. */
public final class WoocommerceProducts implements SourceCollector {
  private static final String FIELDS =
      "id,sku,name,status,type,price,stock_status,stock_quantity,date_created,categories.name";

  @Override
  public PullReport collect(PullTask task) {
    WoocommerceSettings settings = task.settings(WoocommerceSettings.class);
    WoocommercePages pages = new WoocommercePages(task, settings);
    Instant now = task.clock().instant();
    PullManifest latest = task.since() != null ? null : task.history().latest().orElse(null);
    String search =
        latest == null
            ? ""
            : WoocommercePages.modifiedAfter(latest.pulledAt().minus(PullTask.OVERLAP));
    if (task.dryRun()) {
      return task.report(PullOutcome.PLANNED, 0, pages.client().requests(), null);
    }
    List<WoocommercePages.Page> found = pages.all("products", search, FIELDS);
    long records = found.stream().mapToLong(page -> page.elements().size()).sum();
    if (records == 0) {
      return task.report(PullOutcome.NOT_DUE, 0, pages.client().requests(), null);
    }
    PullWriter writer = task.history().begin(now);
    found.forEach(page -> writer.page(page.bytes()));
    writer.seal(
        records,
        pages.client().requests(),
        null,
        "woocommerce/v3",
        Sha256.shortId(FIELDS + search),
        task.codeVersion(),
        Map.of());
    return task.report(PullOutcome.LANDED, records, pages.client().requests(), null);
  }
}
