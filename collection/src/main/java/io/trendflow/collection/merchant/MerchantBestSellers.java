package io.trendflow.collection.merchant;

import io.trendflow.collection.landing.PullWriter;
import io.trendflow.collection.merchant.MerchantSettings.ReportScope;
import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.pull.PullWindow;
import io.trendflow.collection.pull.SourceCollector;
import io.trendflow.collection.web.CollectionException;
import io.trendflow.schemas.PullManifest.PullDays;
import io.trendflow.schemas.Sha256;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Collector of the products that sell best on Google, by week, country and category: the weeks
 * since the last pull, and those before them that are restated, because some countries get their
 * reports later.
 */
public final class MerchantBestSellers implements SourceCollector {
  @Override
  public PullReport collect(PullTask task) {
    MerchantSettings settings = task.settings(MerchantSettings.class);
    MerchantReports reports = new MerchantReports(task, settings);
    Instant now = task.clock().instant();
    LocalDate last = task.since() == null ? lastWeek(task) : null;
    // The report of a week cannot come before the week is over.
    boolean over =
        last == null || !now.atZone(ZoneOffset.UTC).toLocalDate().isBefore(last.plusWeeks(2));
    List<LocalDate> weeks = over ? weeks(task, settings, last, reports.latestWeek()) : List.of();
    if (weeks.isEmpty() || task.dryRun()) {
      PullOutcome outcome = weeks.isEmpty() ? PullOutcome.NOT_DUE : PullOutcome.PLANNED;
      return task.report(outcome, 0, reports.requests(), ranges(weeks));
    }
    PullWriter writer = task.history().begin(now);
    Set<LocalDate> told = new TreeSet<>();
    AtomicLong records = new AtomicLong();
    for (LocalDate week : weeks) {
      for (ReportScope scope : settings.scopes()) {
        int before = writer.pages();
        reports.read(
            scope,
            week,
            (json, rows) -> {
              writer.page(json);
              records.addAndGet(rows);
              told.add(week);
              task.progress()
                  .accept(
                      "%s: page %d, %d best sellers of the week of %s for %s"
                          .formatted(task.source(), writer.pages(), rows, week, scope));
            });
        if (writer.pages() == before) {
          task.progress()
              .accept(
                  "%s: no best sellers of the week of %s for %s"
                      .formatted(task.source(), week, scope));
        }
      }
    }
    if (told.isEmpty()) {
      throw new CollectionException(
          "Merchant API has no best sellers of the weeks %s for source %s: run the command again later."
              .formatted(weeks, task.source()));
    }
    List<PullDays> days = ranges(told);
    writer.seal(
        records.get(),
        reports.requests(),
        days,
        "merchant/reports_v1",
        Sha256.shortId(MerchantReports.TABLE + settings.scopes() + weeks),
        task.codeVersion(),
        Map.of());
    return task.report(PullOutcome.LANDED, records.get(), reports.requests(), days);
  }

  private static @Nullable LocalDate lastWeek(PullTask task) {
    return task.history().watermark().map(sunday -> sunday.minusDays(6)).orElse(null);
  }

  /** Returns the first days of the weeks to pull, ascending; none if the latest was pulled. */
  private static List<LocalDate> weeks(
      PullTask task, MerchantSettings settings, @Nullable LocalDate last, LocalDate latest) {
    if (last != null && !latest.isAfter(last)) {
      return List.of();
    }
    LocalDate next = last == null ? latest : last.plusWeeks(1);
    LocalDate first =
        task.since() == null ? next.minusWeeks(settings.weeks() - 1L) : task.since().minusDays(6);
    Set<LocalDate> weeks = new TreeSet<>();
    for (LocalDate week = latest; !week.isBefore(first); week = week.minusWeeks(1)) {
      weeks.add(week);
    }
    return List.copyOf(weeks);
  }

  private static List<PullDays> ranges(Collection<LocalDate> weeks) {
    return PullWindow.ranges(
        weeks.stream().flatMap(week -> week.datesUntil(week.plusWeeks(1))).toList());
  }
}
