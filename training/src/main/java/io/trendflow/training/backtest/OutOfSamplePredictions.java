package io.trendflow.training.backtest;

import io.trendflow.model.ResidualTables;
import io.trendflow.training.CachedRows;
import io.trendflow.training.ResidualRows;
import io.trendflow.training.TrainingData;
import io.trendflow.training.TrainingExamples;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Out-of-sample predictions and their residuals. */
final class OutOfSamplePredictions implements AutoCloseable {
  /** Fewest rows of the latest cutoffs whose residuals are used; errors drift with the season. */
  private static final long RECENT_RESIDUALS = 10_000;

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
   * Returns the residuals of the latest cutoffs whose labels are known at the end of {@code day}; a
   * launch counts once.
   */
  ResidualTables knownAt(LocalDate day) {
    Dataset<Row> labels = data.labelsKnownAt(day);
    return predictions.stream()
        .map(rows -> rows.select("cutoff", "market", "product_id", "lifecycle", "raw_prediction"))
        .reduce(Dataset::unionByName)
        .map(rows -> rows.join(labels, TrainingData.keys()))
        .map(TrainingExamples::onePerLaunch)
        .map(rows -> ResidualRows.latest(rows, RECENT_RESIDUALS))
        .map(ResidualRows::collect)
        .map(ResidualTables::of)
        .orElseGet(ResidualTables::unknown);
  }

  @Override
  public void close() {
    predictions.forEach(Dataset::unpersist);
  }
}
