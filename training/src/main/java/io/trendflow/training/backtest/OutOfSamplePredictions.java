package io.trendflow.training.backtest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import io.trendflow.features.CachedRows;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.training.ResidualRows;
import io.trendflow.training.TrainingData;
import io.trendflow.training.TrainingExamples;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Out-of-sample predictions, from which a calibration is learned. */
final class OutOfSamplePredictions implements AutoCloseable {
  private static final Column[] COLUMNS =
      Stream.of(
              "cutoff",
              "market",
              "product_id",
              "lifecycle",
              "raw_prediction",
              "baseline_units",
              "mean_units",
              "uplift_share")
          .map(name -> col(name))
          .toArray(Column[]::new);

  private final TrainingData data;
  private final List<Dataset<Row>> predictions = new ArrayList<>();

  OutOfSamplePredictions(TrainingData data) {
    this.data = data;
  }

  /**
   * Computes and caches predictions.
   *
   * @return the same rows, kept until {@link #close}
   */
  Dataset<Row> add(Dataset<Row> predicted) {
    Dataset<Row> kept = CachedRows.of(predicted);
    predictions.add(kept);
    return kept;
  }

  /**
   * Returns the calibration learned from the predictions whose labels are known at the end of
   * {@code day}. A launch counts once, by any of its rows: a prediction weeks before the launch
   * errs more than the last one.
   */
  PredictionCalibration knownAt(LocalDate day) {
    Dataset<Row> labels = data.labelsKnownAt(day);
    return predictions.stream()
        .map(rows -> rows.select(COLUMNS))
        .reduce(Dataset::unionByName)
        .map(rows -> rows.join(labels, TrainingData.keys()))
        .map(
            rows -> TrainingExamples.onePerLaunch(rows, xxhash64(col("cutoff"), col("product_id"))))
        .map(ResidualRows::past)
        .map(PredictionCalibration::of)
        .orElseGet(PredictionCalibration::unknown);
  }

  @Override
  public void close() {
    predictions.forEach(CachedRows::release);
  }
}
