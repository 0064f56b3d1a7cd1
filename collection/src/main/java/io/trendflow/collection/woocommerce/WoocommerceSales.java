package io.trendflow.collection.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.collection.landing.PullWriter;
import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullPeriod;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.pull.PullWindow;
import io.trendflow.collection.pull.SourceCollector;
import io.trendflow.schemas.PullManifest.PullDays;
import io.trendflow.schemas.Sha256;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Collector of orders or refunds, in whole days: those since the watermark, those of orders that
 * were changed, and, if the number of orders shows that one was deleted, all days that are
 * restated.
 */
public final class WoocommerceSales implements SourceCollector {
  /** Days whose pages are read before they are landed, because they may have to be read again. */
  private static final int DAYS_IN_MEMORY = 7;

  private static final String LINES =
      "line_items.name,line_items.sku,line_items.product_id,line_items.quantity,line_items.total";

  private final String resource;
  private final String fields;

  private WoocommerceSales(String resource, String fields) {
    this.resource = resource;
    this.fields = fields;
  }

  /** Returns a collector of orders. */
  public static WoocommerceSales orders() {
    return new WoocommerceSales(
        "orders", "id,number,status,currency,date_created,date_created_gmt," + LINES);
  }

  /** Returns a collector of refunds, which never change. */
  public static WoocommerceSales refunds() {
    return new WoocommerceSales("refunds", "id,parent_id,date_created,date_created_gmt," + LINES);
  }

  @Override
  public PullReport collect(PullTask task) {
    WoocommerceSettings settings = task.settings(WoocommerceSettings.class);
    WoocommercePages pages = new WoocommercePages(task, settings);
    PullPeriod period = PullPeriod.of(task, settings.restateDays());
    PullWindow window = period.window();
    Instant lastPull = period.lastPull();
    Set<LocalDate> due = period.daysFrom(period.start());
    if (lastPull != null && resource.equals("orders")) {
      String changed = WoocommercePages.modifiedAfter(lastPull.minus(PullTask.OVERLAP));
      for (WoocommercePages.Page page : pages.all(resource, changed, "id,date_created_gmt")) {
        page.elements().forEach(order -> due.addAll(window.days(created(order))));
      }
      due.removeIf(day -> day.isAfter(period.yesterday()));
    }
    if (due.isEmpty() || task.dryRun()) {
      PullOutcome outcome = due.isEmpty() ? PullOutcome.NOT_DUE : PullOutcome.PLANNED;
      return task.report(outcome, 0, pages.client().requests(), PullWindow.ranges(due));
    }
    PullWriter writer = task.history().begin(period.now());
    Map<String, Long> seen = new TreeMap<>(task.history().seen());
    long records = 0;
    for (PullDays range : PullWindow.ranges(due)) {
      records += land(range, pages, window, writer, seen);
    }
    seen.keySet().removeIf(day -> day.compareTo(period.earliest().toString()) < 0);
    if (lastPull != null) {
      long expected = seen.values().stream().mapToLong(Long::longValue).sum();
      List<Instant> bounds =
          List.of(
              window.bounds(period.earliest()).get(0), window.bounds(period.yesterday()).get(1));
      String search = WoocommercePages.createdBetween(bounds.get(0), bounds.get(1));
      Set<LocalDate> others = new TreeSet<>();
      if (pages.count(resource, search) != expected) {
        others.addAll(period.daysFrom(period.earliest()));
        others.removeAll(due);
      }
      for (PullDays range : PullWindow.ranges(others)) {
        records += land(range, pages, window, writer, seen);
      }
      due.addAll(others);
    }
    List<PullDays> ranges = PullWindow.ranges(due);
    writer.seal(
        records,
        pages.client().requests(),
        ranges,
        "woocommerce/v3",
        Sha256.shortId(fields + ranges),
        task.codeVersion(),
        seen);
    return task.report(PullOutcome.LANDED, records, pages.client().requests(), ranges);
  }

  private static Instant created(JsonNode element) {
    return Instant.parse(WoocommercePages.required(element, "date_created_gmt") + "Z");
  }

  /** Lands a range of days, counts its elements by day, and returns the number of lines. */
  private long land(
      PullDays range,
      WoocommercePages pages,
      PullWindow window,
      PullWriter writer,
      Map<String, Long> seen) {
    range.from().datesUntil(range.to().plusDays(1)).forEach(day -> seen.put(day.toString(), 0L));
    long lines = 0;
    for (LocalDate from = range.from();
        !from.isAfter(range.to());
        from = from.plusDays(DAYS_IN_MEMORY)) {
      LocalDate last = from.plusDays(DAYS_IN_MEMORY - 1L);
      LocalDate to = last.isBefore(range.to()) ? last : range.to();
      String search = WoocommercePages.createdBetween(window.start(from), window.end(to));
      for (WoocommercePages.Page page : pages.all(resource, search, fields)) {
        for (JsonNode element : page.elements()) {
          lines += element.path("line_items").size();
          seen.computeIfPresent(window.day(created(element)).toString(), (day, count) -> count + 1);
        }
        writer.page(page.bytes());
      }
    }
    return lines;
  }
}
