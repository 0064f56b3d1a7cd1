package io.trendflow.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builder of a product's sales rows and of the days that a shop's sources cover. */
final class SampleSales {
  private final List<SalesRow> rows = new ArrayList<>();
  private final List<StockLevel> levels = new ArrayList<>();
  private final List<PlannedEvent> events = new ArrayList<>();
  private final Map<String, KnownDays.Source> sources = new TreeMap<>();

  /** Adds a row of the till over one day, known at the end of the day. */
  SampleSales sold(int day, double units) {
    return row("till", day, 1, EpochTimes.endOf(day), units, 0, 10 * units);
  }

  SampleSales row(
      String source,
      int day,
      int days,
      long availableAt,
      double units,
      double returned,
      double revenue) {
    rows.add(
        new SalesRow(
            source, day, days, availableAt, units, returned, revenue, 1, lines(units), "EUR"));
    return this;
  }

  /** Returns the sums of a period whose units are one line. */
  private static LineSums lines(double units) {
    return new LineSums(Math.log1p(units), units * units, Math.min(48, units), 1);
  }

  SampleSales covers(String source, int firstDay, DayRange... holes) {
    sources.put(source, new KnownDays.Source(firstDay, List.of(holes)));
    return this;
  }

  /** Adds the stock at the end of a day, known then; its source reports at least weekly. */
  SampleSales stocked(String source, int day, double units) {
    levels.add(new StockLevel(source, day, EpochTimes.endOf(day), units, 6));
    return this;
  }

  SampleSales planned(PlannedEvent event) {
    events.add(event);
    return this;
  }

  KnownDays days(int cutoff, @Nullable Integer watermark) {
    return new KnownDays(cutoff, watermark, sources);
  }

  KnownSales at(int cutoff) {
    return KnownSales.at(KnownSales.sorted(rows), KnownStock.sorted(levels), days(cutoff, cutoff));
  }

  ProductState state(int cutoff, int horizon, CatalogEntry entry) {
    return new ProductState(
        horizon, at(cutoff), entry, days(cutoff, cutoff), WorkingDays.WITHOUT_HOLIDAYS, events);
  }
}
