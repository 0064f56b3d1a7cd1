package io.trendflow.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import io.trendflow.model.Residual;
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
  /** So many residuals fill every table; of more a sample is taken, always the same. */
  private static final int MAX_RESIDUALS = 200_000;

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
        .map(OutOfSample::latest)
        .map(OutOfSample::collect)
        .map(ResidualTables::of)
        .orElseGet(ResidualTables::unknown);
  }

  @Override
  public void close() {
    predictions.forEach(Dataset::unpersist);
  }

  private static Dataset<Row> latest(Dataset<Row> known) {
    long rows = 0;
    LocalDate since = LocalDate.MAX;
    for (Row row : known.groupBy("cutoff").count().orderBy(col("cutoff").desc()).collectAsList()) {
      if (rows < RECENT_RESIDUALS) {
        since = row.getAs("cutoff");
        rows += row.<Long>getAs("count");
      }
    }
    return known.filter(col("cutoff").geq(since));
  }

  /** So many rows of some backtest's, at most: always the same ones. */
  static Dataset<Row> sample(Dataset<Row> rows, int most) {
    return rows.orderBy(
            xxhash64(col("cutoff"), col("market"), col("product_id")),
            col("cutoff"),
            col("market"),
            col("product_id"))
        .limit(most);
  }

  private static List<Residual> collect(Dataset<Row> known) {
    return sample(known, MAX_RESIDUALS)
        .select("lifecycle", "raw_prediction", "label_units")
        .collectAsList()
        .stream()
        .map(row -> new Residual(row.getString(0), row.getDouble(1), row.getDouble(2)))
        .toList();
  }
}
