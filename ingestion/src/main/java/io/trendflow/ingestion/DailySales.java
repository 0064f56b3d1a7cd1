package io.trendflow.ingestion;

import static org.apache.spark.sql.functions.bool_and;
import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.trendflow.ingestion.clean.SparkColumns;
import io.trendflow.ingestion.config.RecordPeriod;
import io.trendflow.ingestion.config.SourceConfig;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Aggregates sales lines into the rows of {@code sales_history.daily_sales}. */
public final class DailySales {
  private static final Column SOLD = col("units").gt(0);
  private static final Column RETURNED = col("units").lt(0);

  /** Units above which a line counts as a bulk purchase: four dozen. */
  private static final double MOST_OF_A_LINE = 48;

  private DailySales() {}

  /**
   * Sums the lines by source, market (which has one currency), product, day and the time at which a
   * row became known: rows of a later pull are a separate revision. Money is null if a line of
   * units has no price, because the sum would be too low. Orders are the distinct order numbers
   * with a sold unit; a line without order number counts as one order. Sums over lines that damp
   * bulk purchases are kept beside the units, because a day's total cannot give them later.
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
            ofLines(sources, log1p(col("units"))).as("log_units"),
            ofLines(sources, col("units").multiply(col("units"))).as("squared_units"),
            ofLines(sources, least(col("units"), lit(MOST_OF_A_LINE))).as("capped_units"),
            customers(sources).as("customers"),
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
            "log_units",
            "squared_units",
            "capped_units",
            "customers",
            "currency",
            "available_at",
            "available_assumed");
  }

  private static Column money(Column counted) {
    Column zero = lit(0).cast(SparkColumns.MONEY);
    Column total = sum(when(counted, col("amount")).otherwise(zero));
    Column priced = col("amount").isNotNull();
    // A line without units, such as a cancelled one, has no price and changes no sum.
    return when(bool_and(priced.or(col("units").equalTo(0))).and(bool_or(priced)), total);
  }

  /**
   * Returns the number of orders; null for totals, whose orders are not known. A distinct count
   * takes a second shuffle of all lines, so it is left out unless a source gives order numbers.
   */
  private static Column orders(Map<String, SourceConfig> sources) {
    Column unnumbered = count(when(SOLD.and(col("order_id").isNull()), lit(1)));
    Column orders =
        anyGives(sources, "order_id")
            ? count_distinct(when(SOLD, col("order_id"))).plus(unnumbered)
            : unnumbered;
    return when(not(isTotal(sources)), orders);
  }

  /** Returns the sum over the lines with a sold unit; null for totals, whose lines are unknown. */
  private static Column ofLines(Map<String, SourceConfig> sources, Column value) {
    return when(not(isTotal(sources)), sum(when(SOLD, value).otherwise(0.0)));
  }

  /** Returns whether the records of a source are totals of several days. */
  private static Column isTotal(Map<String, SourceConfig> sources) {
    return isAmong(
        sources, source -> source.period() != RecordPeriod.DAY && !source.gives("order_id"));
  }

  /**
   * Returns the number of customers; null for a source without customers. A second distinct count
   * multiplies the rows of the shuffle, so it is left out unless a source gives customers.
   */
  private static Column customers(Map<String, SourceConfig> sources) {
    Column unknown = lit(null).cast("long");
    return anyGives(sources, "customer_id")
        ? when(
            isAmong(sources, source -> source.gives("customer_id")),
            count_distinct(when(SOLD, col("customer_id"))))
        : unknown;
  }

  private static boolean anyGives(Map<String, SourceConfig> sources, String field) {
    return sources.values().stream().anyMatch(source -> source.gives(field));
  }

  private static Column isAmong(
      Map<String, SourceConfig> sources, Predicate<SourceConfig> condition) {
    Object[] names =
        sources.entrySet().stream()
            .filter(source -> condition.test(source.getValue()))
            .map(Map.Entry::getKey)
            .toArray();
    return col("source").isin(names);
  }
}
