package io.trendflow.scoring;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Computes the value of a predicted row and its rank among the rows of its market. A product
 * without a price of its own or in its category takes the market's median price. Therefore either
 * every row of a market has an uplift in revenue, by which the market is ranked, or none has.
 */
final class UpliftRanking {
  /** Columns that {@link #add} reads, besides the keys. */
  static final List<String> NEEDED =
      List.of("expected_units", "baseline_units", "price", "price_assumed");

  private UpliftRanking() {}

  /**
   * Appends value, rank and potential.
   *
   * @param predicted rows with their keys and {@link #NEEDED}
   */
  static Dataset<Row> add(Dataset<Row> predicted) {
    Column halfOfTies = col(MarketRanks.TIES).minus(1).divide(2);
    Column rankFromBelow =
        col(MarketRanks.ROWS)
            .minus(col(MarketRanks.FIRST_PLACE))
            .minus(col(MarketRanks.TIES))
            .plus(2);
    Dataset<Row> valued =
        values(predicted)
            .withColumn("uplift", coalesce(col("uplift_revenue"), col("uplift_units")));
    return MarketRanks.add(valued, col("uplift"))
        .withColumn(
            "potential",
            rankFromBelow.plus(halfOfTies).minus(0.5).multiply(100).divide(col(MarketRanks.ROWS)))
        .withColumn("rank", col(MarketRanks.PLACE))
        .drop(MarketRanks.COLUMNS.toArray(String[]::new));
  }

  /** Returns the columns of the contract except the batch, in order. */
  static Column[] scoreColumns() {
    return Table.SCORES.contract().fields().stream()
        .map(TableField::name)
        .filter(name -> !name.equals(Table.SCORES.batchColumn()))
        .map(name -> col(name))
        .toArray(Column[]::new);
  }

  private static Dataset<Row> values(Dataset<Row> predicted) {
    Column baseline = col("baseline_units");
    return MarketRanks.addMedian(predicted, "price", "market_price")
        .withColumn("price_assumed", col("price_assumed").or(priceOfMarket()))
        .withColumn("price", coalesce(col("price"), col("market_price")))
        .withColumn("uplift_units", col("expected_units").minus(baseline))
        .withColumn("uplift_revenue", col("uplift_units").multiply(col("price")))
        .withColumn(
            "growth", when(baseline.geq(lit(1)), col("expected_units").divide(baseline).minus(1)))
        .withColumn("price", col("price").cast("decimal(38,9)"));
  }

  private static Column priceOfMarket() {
    return col("price").isNull().and(col("market_price").isNotNull());
  }
}
