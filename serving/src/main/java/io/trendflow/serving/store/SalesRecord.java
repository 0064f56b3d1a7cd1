package io.trendflow.serving.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns of {@code sales_history.daily_sales}: sales of a product over a period. */
public record SalesRecord(
    String productId,
    String source,
    LocalDate saleDate,
    long periodDays,
    double grossUnits,
    double returnUnits,
    @Nullable BigDecimal grossRevenue,
    @Nullable BigDecimal refunds,
    Instant availableAt) {

  public LocalDate lastDay() {
    return saleDate.plusDays(periodDays - 1);
  }

  /**
   * Returns the latest revision of a market's sales known at an instant, for each product, source
   * and day.
   */
  public static List<SalesRecord> latest(List<SalesRecord> revisions, Instant knownBy) {
    Map<List<Object>, SalesRecord> latest = new LinkedHashMap<>();
    revisions.stream()
        .filter(sale -> !sale.availableAt().isAfter(knownBy))
        .sorted(Comparator.comparing(SalesRecord::availableAt))
        .forEach(
            sale -> latest.put(List.of(sale.productId(), sale.source(), sale.saleDate()), sale));
    return List.copyOf(latest.values());
  }
}
