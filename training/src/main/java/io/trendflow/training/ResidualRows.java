package io.trendflow.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import io.trendflow.model.PastPrediction;
import io.trendflow.model.PredictionResidual;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Loads predictions and actual units from Spark's rows into memory. */
public final class ResidualRows {
  /**
   * Largest number of residuals, which fills every table; a larger set is sampled
   * deterministically.
   */
  static final int MOST = 200_000;

  private ResidualRows() {}

  /**
   * Returns out-of-sample predictions with their outcomes.
   *
   * @param predicted columns cutoff, market, product_id, lifecycle, raw_prediction, label_units,
   *     baseline_units, mean_units and uplift_share
   */
  public static List<PastPrediction> past(Dataset<Row> predicted) {
    return sample(predicted, MOST)
        .select(
            "cutoff",
            "lifecycle",
            "raw_prediction",
            "label_units",
            "baseline_units",
            "mean_units",
            "uplift_share")
        .collectAsList()
        .stream()
        .map(
            row ->
                new PastPrediction(
                    row.getAs(0),
                    new PredictionResidual(row.getString(1), row.getDouble(2), row.getDouble(3)),
                    row.getDouble(4),
                    row.getDouble(5),
                    row.getDouble(6)))
        .toList();
  }

  /**
   * Returns the earliest of the latest cutoffs: of as many as have at least this many rows, or of
   * all.
   *
   * @param counts number of rows of each cutoff, at least one
   */
  static LocalDate latestSince(NavigableMap<LocalDate, Long> counts, long atLeast) {
    long rows = 0;
    for (Map.Entry<LocalDate, Long> cutoff : counts.descendingMap().entrySet()) {
      rows += cutoff.getValue();
      if (rows >= atLeast) {
        return cutoff.getKey();
      }
    }
    return counts.firstKey();
  }

  /** Returns a sample of at most {@code most} rows, always the same. */
  public static Dataset<Row> sample(Dataset<Row> rows, int most) {
    return rows.orderBy(
            xxhash64(col("cutoff"), col("market"), col("product_id")),
            col("cutoff"),
            col("market"),
            col("product_id"))
        .limit(most);
  }
}
