package io.trendflow.examples;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Rows of an exported trend series: one row per week. */
final class TrendRows {
  static final List<String> COLUMNS = List.of("date", "keyword", "geo", "value");

  private TrendRows() {}

  static List<CsvRow> of(
      RetailSettings settings, TrendSource source, TrendKeyword keyword, ShopMarket market) {
    long[] values = source.values(settings, keyword, market);
    LocalDate week = source.firstWeek(settings);
    List<CsvRow> rows = new ArrayList<>(values.length);
    for (long value : values) {
      rows.add(
          new CsvRow(
              COLUMNS,
              List.of(week.toString(), keyword.keyword(), market.geo, Long.toString(value))));
      week = week.plusWeeks(1);
    }
    return rows;
  }
}
