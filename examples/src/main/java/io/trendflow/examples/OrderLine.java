package io.trendflow.examples;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Sale within its order, as in the export. */
record OrderLine(String orderId, int secondOfDay, SaleLine sale) {
  static final List<String> COLUMNS =
      List.of("order_id", "ordered_at", "market", "sku", "title", "quantity", "unit_price");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  CsvRow row() {
    LocalDate date = LocalDate.ofEpochDay(sale.day());
    return new CsvRow(
        COLUMNS,
        List.of(
            orderId,
            TIME.format(date.atTime(LocalTime.ofSecondOfDay(secondOfDay))),
            sale.market().label(),
            sale.product().id(),
            sale.product().title(),
            Integer.toString(sale.quantity()),
            BigDecimal.valueOf(Math.round(sale.unitPrice() * 100), 2).toString()));
  }
}
