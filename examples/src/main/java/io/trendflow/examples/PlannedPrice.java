package io.trendflow.examples;

import java.time.LocalDate;

/**
 * Planned promotion or price of a product in all markets.
 *
 * @param kind {@code promo} or {@code price}
 * @param first first day, in days since 1970-01-01
 * @param depth share by which the price is below the list price
 * @param plannedOn day on which it was planned
 * @param demand demand relative to that at the list price
 */
record PlannedPrice(
    String kind, long first, long last, double depth, long plannedOn, double demand) {
  /** Columns of the exported calendar. */
  static final String[] COLUMNS = {
    "scope", "subject", "market", "starts_on", "ends_on", "kind", "depth", "planned_on"
  };

  boolean covers(long day) {
    return day >= first && day <= last;
  }

  Object[] values(ProductPlan product) {
    return new Object[] {
      "product",
      product.id(),
      "all",
      LocalDate.ofEpochDay(first),
      LocalDate.ofEpochDay(last),
      kind,
      depth,
      LocalDate.ofEpochDay(plannedOn)
    };
  }
}
