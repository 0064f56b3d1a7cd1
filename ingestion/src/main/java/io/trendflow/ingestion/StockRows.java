package io.trendflow.ingestion;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.trendflow.ingestion.clean.CatalogMapper;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Converts stock levels, and the stock in pulls of catalogues, into the contract's columns. */
final class StockRows {
  private static final Column[] COLUMNS =
      Arrays.stream(
              new String[] {
                "source",
                "market",
                "product_id",
                "stock_date",
                "on_hand",
                "on_order",
                "next_arrival",
                "available_at",
                "available_assumed"
              })
          .map(name -> col(name))
          .toArray(Column[]::new);

  private StockRows() {}

  /**
   * Returns one row for each source, market, product, day and time at which it became known. A
   * source with {@code sum_repeated} may have several levels of a product and day in a pull. They
   * are added up; the sum is unknown if one of them is.
   *
   * @param levels accepted records of stock sources
   * @param catalog accepted records of catalogues with {@link CatalogMapper#STOCK}
   */
  static Dataset<Row> of(Dataset<Row> levels, Dataset<Row> catalog) {
    Dataset<Row> stock =
        levels
            .withColumnRenamed("day", "stock_date")
            .groupBy(
                "source", "market", "product_id", "stock_date", "available_at", "available_assumed")
            .agg(
                wholeSum("on_hand").as("on_hand"),
                sum("on_order").as("on_order"),
                min("next_arrival").as("next_arrival"))
            .select(COLUMNS);
    return stock.union(ofCatalog(catalog));
  }

  private static Column wholeSum(String name) {
    return when(count(lit(1)).equalTo(count(col(name))), sum(name));
  }

  /**
   * Returns the stock in pulls of catalogues, at the end of the day before the pull. A catalogue
   * outside of pull folders does not show when its stock was so.
   */
  private static Dataset<Row> ofCatalog(Dataset<Row> catalog) {
    Column told = col("on_hand").isNotNull().or(col("in_stock").isNotNull());
    return catalog
        .where(not(col("available_assumed")).and(told))
        .withColumn("stock_date", col("stock_day"))
        .withColumn(
            "on_hand", when(coalesce(col("in_stock"), lit(true)), col("on_hand")).otherwise(0.0))
        .withColumn("on_order", lit(null).cast("double"))
        .withColumn("next_arrival", lit(null).cast("date"))
        .select(COLUMNS);
  }
}
