package io.trendflow.serving.store;

import io.trendflow.history.DayRange;
import java.time.LocalDate;

/**
 * First sale and recent units of a product in a market, from the latest revision of each source's
 * rows.
 *
 * @param firstSale first day of the first period with gross units
 * @param recentUnits gross units of the periods that are completely within the recent days
 */
public record SoldDays(String market, String productId, LocalDate firstSale, double recentUnits)
    implements ProductKeyed {

  /**
   * Returns the query of both warehouses. It has the knowledge instant as its last parameter.
   *
   * @param rows relation of {@code daily_sales} with a condition, in the warehouse's dialect
   * @param lastDay last day of a row's period, in the warehouse's dialect
   * @param knownBy parameter of the instant that the rows were known by
   */
  static String query(String rows, String lastDay, String knownBy, DayRange recent) {
    return """
        SELECT market, product_id, MIN(CASE WHEN gross_units > 0 THEN sale_date END) AS first_sale,
          SUM(CASE WHEN sale_date >= DATE '%s' AND %s <= DATE '%s' THEN gross_units ELSE 0 END)
            AS recent_units
        FROM (
          SELECT market, product_id, sale_date, period_days, gross_units, ROW_NUMBER() OVER (
            PARTITION BY source, market, product_id, sale_date ORDER BY available_at DESC)
            AS revision
          FROM %s AND available_at <= %s) AS known
        WHERE revision = 1
        GROUP BY market, product_id
        HAVING MIN(CASE WHEN gross_units > 0 THEN sale_date END) IS NOT NULL
        ORDER BY product_id, market"""
        .formatted(
            LocalDate.ofEpochDay(recent.first()),
            lastDay,
            LocalDate.ofEpochDay(recent.last()),
            rows,
            knownBy);
  }
}
