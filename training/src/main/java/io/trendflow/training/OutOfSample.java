package io.trendflow.training;

import io.trendflow.model.ResidualTables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Predictions of cutoffs that their model had not seen, and the residuals they turned out to have.
 */
final class OutOfSample implements AutoCloseable {
  /** Errors drift with the season: only the latest cutoffs count, as many as have so many rows. */
  private static final long RECENT_RESIDUALS = 10_000;

  private final TrainingData data;
  private final List<Dataset<Row>> predictions = new ArrayList<>();

  OutOfSample(TrainingData data) {
    this.data = data;
  }

  /**
   * Computes and keeps predictions.
   *
   * @return the same rows, kept until {@link #close}
   */
  Dataset<Row> add(Dataset<Row> predicted) {
    Dataset<Row> kept = KeptRows.of(predicted);
    predictions.add(kept);
    return kept;
  }

  /**
   * The residuals of the latest cutoffs whose labels were known at the end of {@code day}, a launch
   * counted once.
   */
  ResidualTables knownAt(LocalDate day) {
    Dataset<Row> labels = data.labelsKnownAt(day);
    return predictions.stream()
        .map(rows -> rows.select("cutoff", "market", "product_id", "lifecycle", "raw_prediction"))
        .reduce(Dataset::unionByName)
        .map(rows -> rows.join(labels, TrainingData.keys()))
        .map(Examples::onePerLaunch)
        .map(rows -> Residuals.latest(rows, RECENT_RESIDUALS))
        .map(Residuals::collect)
        .map(ResidualTables::of)
        .orElseGet(ResidualTables::unknown);
  }

  @Override
  public void close() {
    predictions.forEach(Dataset::unpersist);
  }
}
