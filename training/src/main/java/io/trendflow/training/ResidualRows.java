package io.trendflow.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import io.trendflow.model.PredictionResidual;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Predictions beside what happened, from Spark's rows into memory. */
public final class ResidualRows {
  /** So many fill every table; of more a sample is taken, always the same. */
  private static final int MOST = 200_000;

  private ResidualRows() {}

  /** The rows of the latest cutoffs, as many cutoffs as it takes to have so many rows. */
  public static Dataset<Row> latest(Dataset<Row> known, long atLeast) {
    long rows = 0;
    LocalDate since = LocalDate.MAX;
    for (Row row : known.groupBy("cutoff").count().orderBy(col("cutoff").desc()).collectAsList()) {
      if (rows < atLeast) {
        since = row.getAs("cutoff");
        rows += row.<Long>getAs("count");
      }
    }
    return known.filter(col("cutoff").geq(since));
  }

  /** So many rows, at most: always the same ones. */
  public static Dataset<Row> sample(Dataset<Row> rows, int most) {
    return rows.orderBy(
            xxhash64(col("cutoff"), col("market"), col("product_id")),
            col("cutoff"),
            col("market"),
            col("product_id"))
        .limit(most);
  }

  /**
   * The residuals of some rows.
   *
   * @param predicted columns cutoff, market, product_id, lifecycle, raw_prediction and label_units
   */
  public static List<PredictionResidual> collect(Dataset<Row> predicted) {
    return sample(predicted, MOST)
        .select("lifecycle", "raw_prediction", "label_units")
        .collectAsList()
        .stream()
        .map(row -> new PredictionResidual(row.getString(0), row.getDouble(1), row.getDouble(2)))
        .toList();
  }
}
