package io.trendflow.ingestion;

import static org.apache.spark.sql.functions.bool_and;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.trendflow.ingestion.clean.SparkColumns;
import io.trendflow.ingestion.config.RecordPeriod;
import io.trendflow.ingestion.config.SourceConfig;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Aggregates sales lines into the rows of {@code sales_history.daily_sales}. */
public final class DailySales {
  private static final Column SOLD = col("units").gt(0);
  private static final Column RETURNED = col("units").lt(0);

  private DailySales() {}

  /**
   * Sums the lines by source, market (which has one currency), product, day and the time at which a
   * row became known: rows of a later pull are a separate revision. Money is null if a line has no
   * price, because the sum would be too low. Orders are the distinct order numbers with a sold
   * unit; a line without order number counts as one order.
   */
  public static Dataset<Row> of(Dataset<Row> lines, Map<String, SourceConfig> sources) {
    return lines
        .withColumnRenamed("day", "sale_date")
        .groupBy(
            "source",
            "market",
            "currency",
            "product_id",
            "sale_date",
            "period_days",
            "available_at")
        .agg(
            sum(when(SOLD, col("units")).otherwise(0.0)).as("gross_units"),
            sum(when(RETURNED, negate(col("units"))).otherwise(0.0)).as("return_units"),
            money(not(RETURNED)).as("gross_revenue"),
            money(RETURNED).as("refunds"),
            orders(sources).as("orders"),
            max("available_assumed").as("available_assumed"))
        .select(
            "source",
            "market",
            "product_id",
            "sale_date",
            "period_days",
            "gross_units",
            "return_units",
            "gross_revenue",
            "refunds",
            "orders",
            "currency",
            "available_at",
            "available_assumed");
  }

  private static Column money(Column counted) {
    Column zero = lit(0).cast(SparkColumns.MONEY);
    Column total = sum(when(counted, col("amount")).otherwise(zero));
    return when(bool_and(col("amount").isNotNull()), total);
  }

  /**
   * The number of orders is null if a record is a total of several days, because it is not known.
   */
  private static Column orders(Map<String, SourceConfig> sources) {
    Object[] totals =
        sources.entrySet().stream()
            .filter(source -> source.getValue().period() != RecordPeriod.DAY)
            .filter(source -> !source.getValue().gives("order_id"))
            .map(Map.Entry::getKey)
            .toArray();
    Column orders =
        count_distinct(when(SOLD, col("order_id")))
            .plus(count(when(SOLD.and(col("order_id").isNull()), lit(1))));
    return when(not(col("source").isin(totals)), orders);
  }
}
