package io.trendflow.features;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.trendflow.schemas.MarketNames;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * History of every product and market in one row, all revisions included: {@code market,
 * product_id, sales, entries}, and {@code levels} if the shop has stock (see {@link ProductHistory}
 * for the lists).
 */
final class ProductHistories {
  private static final String[] KEY = {"market", "product_id"};

  private static final Column LEVEL =
      struct(
          col("source"),
          expr("unix_date(stock_date)").as("day"),
          expr("unix_micros(available_at)").as("available_at"),
          orNaN("on_hand"));

  private ProductHistories() {}

  static Dataset<Row> of(SourceTables tables, FeatureSettings settings) {
    Set<String> markets = settings.trendGeos().keySet();
    Column sale =
        struct(
            col("source"),
            expr("unix_date(sale_date)").as("day"),
            col("period_days").cast("int"),
            expr("unix_micros(available_at)").as("available_at"),
            col("gross_units"),
            col("return_units"),
            orNaN("gross_revenue"),
            coalesce(col("orders"), lit(0L)).as("orders"),
            orNaN("log_units"),
            orNaN("squared_units"),
            orNaN("capped_units"),
            orNaN("customers"),
            col("currency"));
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
    Dataset<Row> histories =
        lists(tables.sales(), sale, "sales")
            .join(
                lists(inEveryMarket(tables.catalog(), markets), entry, "entries"),
                KEY,
                "full_outer");
    Dataset<Row> stock = tables.optional().get(OptionalInput.STOCK);
    return stock == null
        ? histories
        : histories.join(lists(inEveryMarket(stock, markets), LEVEL, "levels"), KEY, "left");
  }

  private static Column orNaN(String number) {
    return coalesce(col(number).cast("double"), lit(Double.NaN)).as(number);
  }

  private static Dataset<Row> lists(Dataset<Row> rows, Column value, String name) {
    return rows.groupBy(col(KEY[0]), col(KEY[1])).agg(collect_list(value).as(name));
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
