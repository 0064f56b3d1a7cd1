package io.trendflow.ingestion;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * What a pull says anew. Pulls repeat what earlier ones said; only what changed is a revision.
 *
 * <p>A pull of sales tells each market's days from its first to its last in full. So a product that
 * an earlier pull had on one of these days and that is no longer there has been deleted: its
 * revision is a row of zeros.
 */
final class PullRevisions {
  private static final String[] SALES_KEY = {"source", "market", "product_id", "sale_date"};
  private static final String[] CATALOG_KEY = {"market", "product_id"};
  private static final List<String> NO_VALUE =
      List.of("source", "available_at", "available_assumed", "ingest_id", "ingested_on");

  private PullRevisions() {}

  /**
   * Sales without the rows that repeat what was known, and with zeros for those that vanished.
   *
   * @param rows all rows of this ingest
   * @param earlier what was known before; none of it later than the rows of a pull
   */
  static Dataset<Row> ofSales(Dataset<Row> rows, Dataset<Row> earlier) {
    Dataset<Row> pulled = rows.where(not(col("available_assumed")));
    Dataset<Row> before = latest(like(rows, earlier), SALES_KEY);
    Dataset<Row> all = pulled.unionByName(vanished(pulled, before));
    return rows.where(col("available_assumed")).unionByName(changed(all, before, SALES_KEY));
  }

  /** Descriptions of products without those that repeat what was known. */
  static Dataset<Row> ofCatalog(Dataset<Row> rows, Dataset<Row> earlier) {
    Dataset<Row> pulled = rows.where(not(col("available_assumed")));
    Dataset<Row> before = latest(like(rows, earlier), CATALOG_KEY);
    return rows.where(col("available_assumed")).unionByName(changed(pulled, before, CATALOG_KEY));
  }

  private static Dataset<Row> like(Dataset<Row> rows, Dataset<Row> others) {
    return others.select(columns(rows.columns()));
  }

  private static Column[] columns(String... names) {
    return Arrays.stream(names).map(name -> col(name)).toArray(Column[]::new);
  }

  private static Dataset<Row> latest(Dataset<Row> rows, String... key) {
    WindowSpec newestFirst = Window.partitionBy(columns(key)).orderBy(col("available_at").desc());
    return rows.withColumn("nth", row_number().over(newestFirst))
        .where(col("nth").equalTo(1))
        .drop("nth");
  }

  /** Zeros for each product and day that a pull covers, that was known, and that it lacks. */
  private static Dataset<Row> vanished(Dataset<Row> pulled, Dataset<Row> before) {
    Dataset<Row> covered =
        pulled
            .groupBy("source", "market", "available_at")
            .agg(min("sale_date").as("first_day"), max("sale_date").as("last_day"));
    Column nothing = lit(0).cast(pulled.schema().apply("gross_revenue").dataType());
    return pulled
        .unionByName(before)
        .groupBy(columns(SALES_KEY))
        .agg(
            max("period_days").as("period_days"),
            max("currency").as("currency"),
            max("orders").multiply(0).as("orders"),
            min("available_at").as("known_since"))
        .join(broadcast(covered), new String[] {"source", "market"}, "inner")
        .where(
            col("sale_date")
                .between(col("first_day"), col("last_day"))
                .and(col("available_at").gt(col("known_since"))))
        .join(
            pulled.select("source", "market", "product_id", "sale_date", "available_at"),
            new String[] {"source", "market", "product_id", "sale_date", "available_at"},
            "left_anti")
        .withColumn("gross_units", lit(0.0))
        .withColumn("return_units", lit(0.0))
        .withColumn("gross_revenue", nothing)
        .withColumn("refunds", nothing)
        .withColumn("available_assumed", lit(false))
        .select(columns(pulled.columns()));
  }

  /** The rows that differ from the one known before them. */
  private static Dataset<Row> changed(Dataset<Row> rows, Dataset<Row> before, String... key) {
    Column[] values =
        Arrays.stream(rows.columns())
            .filter(name -> !NO_VALUE.contains(name) && !List.of(key).contains(name))
            .map(name -> col(name))
            .toArray(Column[]::new);
    WindowSpec oldestFirst = Window.partitionBy(columns(key)).orderBy("available_at");
    return rows.withColumn("isNew", lit(true))
        .unionByName(before.withColumn("isNew", lit(false)))
        .withColumn("says", struct(values))
        .withColumn("said", lag(col("says"), 1).over(oldestFirst))
        .where(col("isNew").and(not(col("says").eqNullSafe(col("said")))))
        .drop("isNew", "says", "said");
  }
}
