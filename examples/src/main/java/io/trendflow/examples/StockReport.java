package io.trendflow.examples;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Rows of the stock report: every product on Sundays, and scarce products on every day. */
final class StockReport {
  static final List<String> COLUMNS = List.of("product_id", "market", "stock_date", "on_hand");

  private StockReport() {}

  static List<CsvRow> of(RetailSettings settings, ProductPlan product, ShopMarket market) {
    StockPlan stock = StockPlan.draw(settings, product, market);
    LongFunction<CsvRow> row =
        day ->
            new CsvRow(
                COLUMNS,
                List.of(
                    product.id(),
                    market.label(),
                    LocalDate.ofEpochDay(day).toString(),
                    Integer.toString(stock.onHand(day))));
    return LongStream.rangeClosed(settings.firstDay(), settings.lastDay())
        .filter(product::onSale)
        .filter(day -> isSunday(day) || stock.isScarce(day))
        .mapToObj(row)
        .toList();
  }

  private static boolean isSunday(long day) {
    return LocalDate.ofEpochDay(day).getDayOfWeek() == DayOfWeek.SUNDAY;
  }
}
