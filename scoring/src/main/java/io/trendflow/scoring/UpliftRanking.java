package io.trendflow.scoring;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rank;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Computes the value of a predicted row and its rank among the rows of its market. A product
 * without a price of its own or in its category takes the market's median price. Therefore either
 * every row of a market has an uplift in revenue, by which the market is ranked, or none has.
 */
final class UpliftRanking {
  private UpliftRanking() {}

  static Dataset<Row> add(Dataset<Row> predicted) {
    Column uplift = col("uplift");
    WindowSpec market = Window.partitionBy("as_of", "market");
    WindowSpec ties = Window.partitionBy("as_of", "market", "uplift");
    Column averageRank =
        rank().over(market.orderBy(uplift)).plus(count("*").over(ties).minus(1).divide(2));
    return values(predicted.withColumnRenamed("cutoff", "as_of"))
        .withColumn("uplift", coalesce(col("uplift_revenue"), col("uplift_units")))
        .withColumn(
            "potential", averageRank.minus(0.5).multiply(100).divide(count("*").over(market)))
        .withColumn(
            "rank",
            row_number().over(market.orderBy(uplift.desc(), col("product_id"))).cast("long"));
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
    Column marketPrice = expr("percentile(price, 0.5) over (partition by as_of, market)");
    Column baseline = col("baseline_units");
    return predicted
        .withColumn("market_price", marketPrice)
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
