package io.trendflow.scoring;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.trendflow.model.UpliftShrinkage;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** Applies a model's {@link UpliftShrinkage} to predicted rows. */
final class UpliftShrinking {
  /** Columns that {@link #apply} reads, besides the keys. */
  static final List<String> NEEDED = List.of("expected_units", "baseline_units");

  private UpliftShrinking() {}

  /**
   * Shrinks expected_units towards baseline_units, and appends the mean before as mean_units and
   * the rank of its uplift among the rows of cutoff and market, as a share, as uplift_share.
   */
  static Dataset<Row> apply(Dataset<Row> predicted, UpliftShrinkage shrinkage) {
    Column mean = col("expected_units");
    Column uplift = mean.minus(col("baseline_units"));
    Column share = col(MarketRanks.FIRST_PLACE).minus(0.5).divide(col(MarketRanks.ROWS));
    UDF1<Double, Double> factor = shrinkage::factor;
    Column lost = lit(1).minus(udf(factor, DataTypes.DoubleType).apply(share));
    return MarketRanks.add(predicted, uplift)
        .withColumns(
            Map.of(
                "mean_units", mean,
                "uplift_share", share,
                "expected_units", greatest(lit(0.0), mean.minus(uplift.multiply(lost)))))
        .drop(MarketRanks.COLUMNS.toArray(String[]::new));
  }
}
