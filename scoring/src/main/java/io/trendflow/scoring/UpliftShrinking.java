package io.trendflow.scoring;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.trendflow.model.UpliftShrinkage;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
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
    UDF1<Double, Double> factor = shrinkage::factor;
    return apply(predicted, udf(factor, DataTypes.DoubleType)::apply);
  }

  /** Does the same with a shrinkage for each cutoff. */
  static Dataset<Row> apply(Dataset<Row> predicted, Map<LocalDate, UpliftShrinkage> byCutoff) {
    Map<Integer, UpliftShrinkage> byDay = new HashMap<>();
    byCutoff.forEach((cutoff, shrinkage) -> byDay.put((int) cutoff.toEpochDay(), shrinkage));
    UDF2<Integer, Double, Double> factor =
        (day, share) -> requireNonNull(byDay.get(day)).factor(share);
    Column day = expr("unix_date(cutoff)");
    return apply(predicted, share -> udf(factor, DataTypes.DoubleType).apply(day, share));
  }

  private static Dataset<Row> apply(Dataset<Row> predicted, UnaryOperator<Column> factor) {
    Column mean = col("expected_units");
    Column uplift = mean.minus(col("baseline_units"));
    Column share = col(MarketRanks.FIRST_PLACE).minus(0.5).divide(col(MarketRanks.ROWS));
    Column lost = lit(1).minus(factor.apply(share));
    return MarketRanks.add(predicted, uplift)
        .withColumns(
            Map.of(
                "mean_units", mean,
                "uplift_share", share,
                "expected_units", greatest(lit(0.0), mean.minus(uplift.multiply(lost)))))
        .drop(MarketRanks.COLUMNS.toArray(String[]::new));
  }
}
