package io.trendflow.scoring;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rank;
import static org.apache.spark.sql.functions.udf;

import io.trendflow.model.UpliftShrinkage;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/** Applies a model's {@link UpliftShrinkage} to predicted rows. */
final class UpliftShrinking {
  private UpliftShrinking() {}

  /**
   * Shrinks expected_units towards baseline_units, and appends the mean before as mean_units and
   * the rank of its uplift among the rows of cutoff and market, as a share, as uplift_share.
   */
  static Dataset<Row> apply(Dataset<Row> predicted, UpliftShrinkage shrinkage) {
    WindowSpec market = Window.partitionBy("cutoff", "market");
    Column uplift = col("mean_units").minus(col("baseline_units"));
    Column share =
        rank().over(market.orderBy(uplift.desc())).minus(0.5).divide(count("*").over(market));
    UDF1<Double, Double> factor = shrinkage::factor;
    Column lost = lit(1).minus(udf(factor, DataTypes.DoubleType).apply(col("uplift_share")));
    return predicted
        .withColumn("mean_units", col("expected_units"))
        .withColumn("uplift_share", share)
        .withColumn(
            "expected_units", greatest(lit(0.0), col("mean_units").minus(uplift.multiply(lost))));
  }
}
