package io.trendflow.scoring;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import java.util.List;
import java.util.Map;
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
    Column potential =
        rankFromBelow.plus(halfOfTies).minus(0.5).multiply(100).divide(col(MarketRanks.ROWS));
    return MarketRanks.add(values(predicted), col("uplift"))
        .withColumns(Map.of("potential", potential, "rank", col(MarketRanks.PLACE)))
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
    Column expected = col("expected_units");
    Column baseline = col("baseline_units");
    Column price = coalesce(col("price"), col("market_price"));
    Column units = expected.minus(baseline);
    Column revenue = units.multiply(price);
    return MarketRanks.addMedian(predicted, "price", "market_price")
        .withColumns(
            Map.of(
                "price", price.cast("decimal(38,9)"),
                "price_assumed", col("price_assumed").or(priceOfMarket()),
                "uplift_units", units,
                "uplift_revenue", revenue,
                "uplift", coalesce(revenue, units),
                "growth", when(baseline.geq(lit(1)), expected.divide(baseline).minus(1))));
  }

  private static Column priceOfMarket() {
    return col("price").isNull().and(col("market_price").isNotNull());
  }
}
