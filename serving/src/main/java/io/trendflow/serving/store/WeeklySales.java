package io.trendflow.serving.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sales of seven days, summed over products of a market, from the latest revision of each source's
 * rows. A period counts in the week that its last day belongs to.
 *
 * @param weeksAgo number of weeks before the last one, which is 0
 * @param units units sold less units returned
 * @param revenue revenue of the units sold less refunds; null if that of a row is unknown
 */
public record WeeklySales(long weeksAgo, double units, @Nullable BigDecimal revenue) {

  /**
   * Selection of the rows that are summed.
   *
   * @param ingestIds batches to read
   * @param knownBy instant by which a row must have been known
   * @param productIds products whose sales are summed
   * @param lastDay last day of the last week
   * @param weeks number of weeks
   */
  public record Selection(
      List<String> ingestIds,
      Instant knownBy,
      String market,
      Collection<String> productIds,
      LocalDate lastDay,
      int weeks) {

    /** Returns the first day of the first week. */
    LocalDate firstDay() {
      return lastDay.minusDays(7L * weeks - 1);
    }
  }

  /**
   * Expressions in the dialect of a warehouse.
   *
   * @param rows relation of {@code daily_sales} with a condition
   * @param lastDay last day of a row's period
   * @param weeksAgo number of whole weeks from such a day to the last day of the selection
   * @param market parameter of the market
   * @param productIds parameter of the products, as the right side of IN
   * @param knownBy parameter of the knowledge instant
   */
  record Dialect(
      String rows,
      String lastDay,
      String weeksAgo,
      String market,
      String productIds,
      String knownBy) {}

  /**
   * Returns the query of both warehouses. Its parameters are the market, the products and the
   * knowledge instant, in this order.
   */
  static String query(Selection selection, Dialect in) {
    return """
        SELECT %s AS weeks_ago, SUM(gross_units - return_units) AS units,
          CASE WHEN COUNT(gross_revenue) = COUNT(*)
            THEN SUM(gross_revenue) - SUM(COALESCE(refunds, 0)) END AS revenue
        FROM (
          SELECT gross_units, return_units, gross_revenue, refunds, %s AS last_day,
            ROW_NUMBER() OVER (
              PARTITION BY source, product_id, sale_date ORDER BY available_at DESC) AS revision
          FROM %s AND market = %s AND product_id IN %s AND available_at <= %s) AS known
        WHERE revision = 1 AND last_day BETWEEN DATE '%s' AND DATE '%s'
        GROUP BY weeks_ago
        ORDER BY weeks_ago"""
        .formatted(
            in.weeksAgo(),
            in.lastDay(),
            in.rows(),
            in.market(),
            in.productIds(),
            in.knownBy(),
            selection.firstDay(),
            selection.lastDay());
  }
}
