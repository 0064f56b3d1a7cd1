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

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * Catalogue rows for products that no catalogue lists, from their sales alone: known when their
 * first line was, described by that line, launched on their first sale.
 */
final class InferredCatalog {
  /** A first sale this soon after the data begin may be of a product that was sold before. */
  static final int CENSORED_DAYS = 84;

  private InferredCatalog() {}

  /**
   * One row per market and product with sales, in the columns of the catalogue. The launch is
   * unknown if any source had the product within {@link #CENSORED_DAYS} of its own first day, or
   * saw it returned before it was sold.
   */
  static Dataset<Row> of(Dataset<Row> lines, Dataset<Row> catalog) {
    Dataset<Row> moved = lines.where(col("units").notEqual(0));
    Dataset<Row> products =
        perSource(moved)
            .join(broadcast(firstDays(lines)), "source")
            .groupBy("market", "product_id")
            .agg(
                min("first").as("first"),
                min("first_sale").as("first_sale"),
                max(censored()).as("launch_censored"))
            .select(columns(catalog));
    return products.join(
        catalog.select(col("market").as("listed_in"), col("product_id").as("listed")).distinct(),
        col("product_id")
            .equalTo(col("listed"))
            .and(
                col("listed_in").isin(BoundMarket.ALL).or(col("listed_in").equalTo(col("market")))),
        "left_anti");
  }

  /** The line that comes first, one with a name before one without, then by place. */
  private static Dataset<Row> perSource(Dataset<Row> lines) {
    Column first =
        struct(
            col("day"),
            col("available_at"),
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
        .agg(min(first).as("first"), min(when(col("units").gt(0), col("day"))).as("first_sale"));
  }

  private static Dataset<Row> firstDays(Dataset<Row> lines) {
    return lines.groupBy("source").agg(min("day").as("source_first_day"));
  }

  private static Column censored() {
    Column soon = datediff(col("first_sale"), col("source_first_day")).lt(CENSORED_DAYS);
    Column returnedBefore = col("first.day").lt(col("first_sale"));
    return coalesce(soon.or(returnedBefore), lit(true));
  }

  /** In the order and the types of the catalogue. */
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
