package io.trendflow.ingestion;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.trendflow.schemas.MarketNames;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * Infers catalogue rows from sales for products that no catalogue lists. A row is known from the
 * time at which the product's first line was known, has that line's description, and its launch is
 * the first sale that was known. Later pulls do not change a row, so it does not matter whether
 * pulls are ingested together.
 */
final class InferredCatalog {
  /**
   * A product whose first sale is earlier than this many days after the source's first day may have
   * been sold before.
   */
  static final int CENSORED_DAYS = 84;

  private static final Column KNOWN_DAY = struct(col("available_at"), col("day"));

  private InferredCatalog() {}

  /**
   * Returns one row per market and product with sales, in the columns of the catalogue, except
   * products that were listed at that time or already had a row. The launch is unknown if the
   * product's first sale in any source is within {@link #CENSORED_DAYS} of the source's first day,
   * or if the product was returned before it was sold.
   */
  static Dataset<Row> of(Dataset<Row> lines, Dataset<Row> catalog, EarlierBatches earlier) {
    Dataset<Row> moved = lines.where(col("units").notEqual(0));
    Dataset<Row> products =
        perSource(moved)
            .join(broadcast(firstDays(lines, earlier.sales())), "source")
            .groupBy("market", "product_id")
            .agg(
                min("first").as("first"),
                min("first_sale").as("first_sale"),
                max(censored()).as("launch_censored"))
            .select(columns(catalog));
    Dataset<Row> listed = listed(catalog).union(listed(earlier.catalog()));
    return products.join(
        listed,
        col("product_id")
            .equalTo(col("listed"))
            .and(
                col("listed_in")
                    .isin(MarketNames.EVERY_MARKET)
                    .or(col("listed_in").equalTo(col("market"))))
            .and(col("listed_since").leq(col("available_at"))),
        "left_anti");
  }

  private static Dataset<Row> listed(Dataset<Row> catalog) {
    return catalog
        .groupBy(col("market").as("listed_in"), col("product_id").as("listed"))
        .agg(min("available_at").as("listed_since"));
  }

  /**
   * Selects the line that was known first; among several, the earliest; among these, one with a
   * name.
   */
  private static Dataset<Row> perSource(Dataset<Row> lines) {
    Column first =
        struct(
            col("available_at"),
            col("day"),
            col("name").isNull().as("nameless"),
            col("source"),
            col("file"),
            col("record"),
            col("name"),
            col("category"),
            col("brand"),
            col("available_assumed"));
    return lines
        .groupBy("source", "market", "product_id")
        .agg(
            min(first).as("first"),
            min(when(col("units").gt(0), KNOWN_DAY)).getField("day").as("first_sale"));
  }

  /** Selects the first day of each source's first known rows. */
  private static Dataset<Row> firstDays(Dataset<Row> lines, Dataset<Row> earlier) {
    return lines
        .select("source", "available_at", "day")
        .union(earlier.select("source", "available_at", "sale_date"))
        .groupBy("source")
        .agg(min(KNOWN_DAY).getField("day").as("source_first_day"));
  }

  private static Column censored() {
    Column soon = datediff(col("first_sale"), col("source_first_day")).lt(CENSORED_DAYS);
    Column returnedBefore = col("first.day").lt(col("first_sale"));
    return coalesce(soon.or(returnedBefore), lit(true));
  }

  private static Column[] columns(Dataset<Row> catalog) {
    return Arrays.stream(catalog.schema().fields())
        .map(field -> value(field).cast(field.dataType()).as(field.name()))
        .toArray(Column[]::new);
  }

  private static Column value(StructField field) {
    return switch (field.name()) {
      case "market", "product_id", "launch_censored" -> col(field.name());
      case "source", "name", "category", "brand", "available_at", "available_assumed" ->
          col("first." + field.name());
      case "launch_date" -> when(not(col("launch_censored")), col("first_sale"));
      case "inferred" -> lit(true);
      case "keywords", "attributes" -> array();
      default -> lit(null);
    };
  }
}
