package io.trendflow.ingestion;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
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
import org.apache.spark.sql.types.DataTypes;

/**
 * Reduces pulls to revisions: rows that differ from what earlier pulls contain.
 *
 * <p>A pull of sales is complete on the days that its manifest names; without a manifest, for each
 * market from its first day to its last. A product that an earlier pull has on one of these days
 * and that the new pull does not have was deleted: its revision is a row of zeros. A day of a
 * manifest without any row is a day without sales: one known product has a row of zeros then.
 */
final class PullRevisions {
  private static final String[] SALES_KEY = {"source", "market", "product_id", "sale_date"};
  private static final String[] CATALOG_KEY = {"market", "product_id"};
  private static final List<String> NO_VALUE =
      List.of("source", "available_at", "available_assumed", "ingest_id", "ingested_on");

  private static final Column LAST_DAY =
      date_add(col("sale_date"), col("period_days").minus(1).cast(DataTypes.IntegerType));

  private PullRevisions() {}

  /**
   * Returns sales without the rows that repeat known values, and with zeros for rows that a later
   * pull no longer has.
   *
   * @param rows all rows of this ingest
   * @param earlier rows of earlier ingests, known no later than the rows of a pull
   * @param told days of the pulls with a manifest
   */
  static Dataset<Row> ofSales(Dataset<Row> rows, Dataset<Row> earlier, ToldDays told) {
    Dataset<Row> pulled = rows.where(not(col("available_assumed")));
    Dataset<Row> known = like(rows, earlier);
    // A manifest may tell of days before or after its rows, or of days without any.
    Dataset<Row> before = latest(told.isEmpty() ? onDaysOf(pulled, known) : known, SALES_KEY);
    Dataset<Row> all = pulled.unionByName(vanished(pulled, before, told));
    if (!told.isEmpty()) {
      all = all.unionByName(withoutSales(pulled, before, told));
    }
    return rows.where(col("available_assumed")).unionByName(changed(all, before, SALES_KEY));
  }

  /**
   * Returns sales that no row can repeat or revise, because they are of the first pull of each
   * source, with zeros for the days of its manifest without sales.
   *
   * @param earlier rows of earlier ingests, of which there are none
   */
  static Dataset<Row> ofFirstSales(Dataset<Row> rows, Dataset<Row> earlier, ToldDays told) {
    if (told.isEmpty()) {
      return rows;
    }
    Dataset<Row> zeros =
        withoutSales(rows.where(not(col("available_assumed"))), like(rows, earlier), told);
    // Rows that are added to others would have to be shuffled again before they are written.
    return zeros.isEmpty() ? rows : rows.unionByName(zeros);
  }

  /**
   * Returns the earlier rows from the first day of the pulls to the last. No other row can be
   * revised, and a pull of few days then costs little, however long the history is.
   */
  private static Dataset<Row> onDaysOf(Dataset<Row> pulled, Dataset<Row> earlier) {
    Row days = pulled.agg(min("sale_date"), max("sale_date")).head();
    return earlier.where(col("sale_date").between(days.get(0), days.get(1)));
  }

  /** Returns descriptions of products without those that repeat known values. */
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

  /** Creates zeros for each known product and day that a pull covers and does not contain. */
  private static Dataset<Row> vanished(Dataset<Row> pulled, Dataset<Row> before, ToldDays told) {
    Dataset<Row> covered =
        pulled
            .groupBy("source", "market", "available_at")
            .agg(min("sale_date").as("first_day"), max("sale_date").as("last_day"))
            .withColumn("is_told", lit(false));
    if (!told.isEmpty()) {
      covered =
          covered
              .join(
                  told.pulls(pulled.sparkSession()),
                  new String[] {"source", "available_at"},
                  "left_anti")
              .unionByName(told.ranges(pulled.sparkSession()));
    }
    return zeros(pulled, before)
        .join(broadcast(covered), new String[] {"source", "market"}, "inner")
        .where(
            col("sale_date")
                .between(col("first_day"), col("last_day"))
                .and(LAST_DAY.leq(col("last_day")).or(not(col("is_told"))))
                .and(col("available_at").gt(col("known_since"))))
        .join(
            pulled.select("source", "market", "product_id", "sale_date", "available_at"),
            new String[] {"source", "market", "product_id", "sale_date", "available_at"},
            "left_anti")
        .select(columns(pulled.columns()));
  }

  /**
   * Creates zeros for the days of manifests on which no product has a row, each for the first of
   * the products that the market then had.
   */
  private static Dataset<Row> withoutSales(
      Dataset<Row> pulled, Dataset<Row> before, ToldDays told) {
    Dataset<Row> zeros = zeros(pulled, before).where(col("period_days").equalTo(1));
    Dataset<Row> days = told.days(pulled.sparkSession());
    WindowSpec firstProduct =
        Window.partitionBy("source", "market", "sale_date", "available_at")
            .orderBy("product_id", "known_on");
    Dataset<Row> silent =
        days.as("told")
            .join(
                zeros.as("known"),
                col("told.source")
                    .equalTo(col("known.source"))
                    .and(col("told.market").equalTo(col("known.market")))
                    .and(col("told.sale_date").equalTo(col("known.sale_date")))
                    .and(col("known.known_since").leq(col("told.available_at"))),
                "left_anti");
    Dataset<Row> first =
        silent
            .join(
                zeros.withColumnRenamed("sale_date", "known_on"),
                new String[] {"source", "market"},
                "inner")
            .where(col("known_since").leq(col("available_at")))
            .withColumn("nth", row_number().over(firstProduct))
            .where(col("nth").equalTo(1));
    return first.select(columns(pulled.columns()));
  }

  /** Returns the zeros of each known product and day, with the time since which it is known. */
  private static Dataset<Row> zeros(Dataset<Row> pulled, Dataset<Row> before) {
    Column nothing = lit(0).cast(pulled.schema().apply("gross_revenue").dataType());
    return pulled
        .unionByName(before)
        .groupBy(columns(SALES_KEY))
        .agg(
            max("period_days").as("period_days"),
            max("currency").as("currency"),
            max("orders").multiply(0).as("orders"),
            max("log_units").multiply(0).as("log_units"),
            max("squared_units").multiply(0).as("squared_units"),
            max("capped_units").multiply(0).as("capped_units"),
            max("customers").multiply(0).as("customers"),
            min("available_at").as("known_since"))
        .withColumn("gross_units", lit(0.0))
        .withColumn("return_units", lit(0.0))
        .withColumn("gross_revenue", nothing)
        .withColumn("refunds", nothing)
        .withColumn("available_assumed", lit(false));
  }

  /** Selects the rows that differ from the previous known row of the same key. */
  private static Dataset<Row> changed(Dataset<Row> rows, Dataset<Row> before, String... key) {
    Column[] values =
        Arrays.stream(rows.columns())
            .filter(name -> !NO_VALUE.contains(name) && !List.of(key).contains(name))
            .map(name -> col(name))
            .toArray(Column[]::new);
    WindowSpec oldestFirst = Window.partitionBy(columns(key)).orderBy("available_at");
    return rows.withColumn("isNew", lit(true))
        .unionByName(before.withColumn("isNew", lit(false)))
        .withColumn("current", struct(values))
        .withColumn("previous", lag(col("current"), 1).over(oldestFirst))
        .where(col("isNew").and(not(col("current").eqNullSafe(col("previous")))))
        .drop("isNew", "current", "previous");
  }
}
