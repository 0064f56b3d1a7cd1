package io.trendflow.features;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.trendflow.schemas.MarketNames;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Everything known about each product in a market, all revisions included. */
final class ProductHistories {
  private static final String[] KEY = {"market", "product_id"};

  private static final StructType KEY_SCHEMA =
      new StructType()
          .add(KEY[0], DataTypes.StringType, false)
          .add(KEY[1], DataTypes.StringType, false);

  private static final Column LEVEL =
      struct(
          col("source"),
          expr("unix_date(stock_date)").as("day"),
          expr("unix_micros(available_at)").as("available_at"),
          orNaN("on_hand"));

  private ProductHistories() {}

  /**
   * Returns the rows of each product, from which {@link ProductHistory#of} makes its history. They
   * are sorted by product and never collected into lists, for which Spark would copy and sort every
   * row of sales twice.
   *
   * @return columns {@code market, product_id, sales, entry}, and {@code level} if the shop has
   *     stock; one of the last three has a value
   */
  static KeyValueGroupedDataset<Row, Row> of(SourceTables tables, FeatureSettings settings) {
    Set<String> markets = settings.trendGeos().keySet();
    Column entry =
        struct(
            expr("unix_micros(available_at)").as("available_at"),
            col("name"),
            col("category"),
            col("brand"),
            orNaN("price"),
            col("currency"),
            expr("unix_date(launch_date)").as("launch_day"),
            col("launch_censored"),
            expr("unix_date(discontinued_on)").as("discontinued_day"),
            col("keywords"),
            col("attributes"));
    Dataset<Row> rows =
        PackedSales.of(tables.sales())
            .unionByName(
                inEveryMarket(tables.catalog(), markets)
                    .select(col(KEY[0]), col(KEY[1]), entry.as("entry")),
                true);
    Dataset<Row> stock = tables.optional().get(OptionalInput.STOCK);
    return byProduct(
        stock == null
            ? rows
            : rows.unionByName(
                inEveryMarket(stock, markets).select(col(KEY[0]), col(KEY[1]), LEVEL.as("level")),
                true));
  }

  /** Groups rows by their columns {@code market} and {@code product_id}, which have a value. */
  static KeyValueGroupedDataset<Row, Row> byProduct(Dataset<Row> rows) {
    return rows.groupBy(neverNull(KEY[0]), neverNull(KEY[1]))
        .as(Encoders.row(KEY_SCHEMA), Encoders.row(rows.schema()));
  }

  /** Two datasets can be grouped together only if the types of their keys allow the same nulls. */
  private static Column neverNull(String key) {
    return coalesce(col(key), lit("")).as(key);
  }

  /** Returns a column as a number, whose missing values are NaN. */
  static Column orNaN(String number) {
    return coalesce(col(number).cast("double"), lit(Double.NaN)).as(number);
  }

  private static Dataset<Row> inEveryMarket(Dataset<Row> rows, Set<String> markets) {
    Column every = array(markets.stream().map(name -> lit(name)).toArray(Column[]::new));
    return rows.withColumn(
        "market",
        explode(
            when(col("market").equalTo(MarketNames.EVERY_MARKET), every)
                .otherwise(array(col("market")))));
  }
}
