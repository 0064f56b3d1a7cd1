package io.trendflow.training.backtest;

import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.trendflow.features.CachedRows;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.training.ConcurrentJobs;
import io.trendflow.training.ResidualRows;
import io.trendflow.training.TrainingData;
import io.trendflow.training.TrainingExamples;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
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
  private final Dataset<Row> predictions;

  /**
   * Keeps predictions.
   *
   * @param predicted predictions of {@link io.trendflow.scoring.Scorer#predict}
   */
  OutOfSamplePredictions(TrainingData data, Dataset<Row> predicted) {
    this.data = data;
    this.predictions = CachedRows.of(predicted.select(COLUMNS));
  }

  /** Returns the calibration of {@link #knownAt} for each day. */
  Map<LocalDate, PredictionCalibration> knownAtEach(List<LocalDate> days) {
    List<Callable<PredictionCalibration>> calibrations = new ArrayList<>();
    days.forEach(day -> calibrations.add(() -> knownAt(day)));
    List<PredictionCalibration> learned =
        ConcurrentJobs.run(predictions.sparkSession(), calibrations);
    return IntStream.range(0, days.size()).boxed().collect(toMap(days::get, learned::get));
  }

  /**
   * Returns the calibration learned from the predictions whose labels are known at the end of
   * {@code day}. A launch counts once, by any of its rows: a prediction weeks before the launch
   * errs more than the last one.
   */
  private PredictionCalibration knownAt(LocalDate day) {
    Dataset<Row> known =
        predictions
            .filter(col("cutoff").lt(lit(day)))
            .join(data.labelsKnownAt(day), TrainingData.keys());
    Dataset<Row> rows =
        TrainingExamples.onePerLaunch(
            known, xxhash64(col("cutoff"), col("product_id")), "market", "product_id");
    return PredictionCalibration.of(ResidualRows.past(rows));
  }

  @Override
  public void close() {
    CachedRows.release(predictions);
  }
}
