package io.trendflow.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.trendflow.features.FeatureSpec;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Data of fits and backtests. Every fit reads both datasets several times: cache them.
 *
 * @param featureRows feature rows of all cutoffs in use
 * @param labels columns cutoff, market, product_id, known_by, label_units and label_known_at; only
 *     complete labels
 * @param features features among the columns of {@code featureRows}, in the model's order
 */
public record TrainingData(
    Dataset<Row> featureRows, Dataset<Row> labels, List<FeatureSpec> features) {

  public TrainingData {
    features = List.copyOf(features);
  }

  /** Returns the labels as known at the end of {@code origin}, unique by cutoff and product. */
  public Dataset<Row> labelsKnownAt(LocalDate origin) {
    return labels
        .filter(knownAtTheEnd(origin))
        .select("cutoff", "market", "product_id", "label_units");
  }

  /** Returns whether a label is one of those known at the end of an origin. */
  static Column knownAtTheEnd(LocalDate origin) {
    Column inTime =
        col("label_known_at").leq(lit(origin.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()));
    return col("known_by").equalTo(lit(origin)).and(inTime);
  }

  /** Returns the columns on which feature rows and labels are joined. */
  public static String[] keys() {
    return new String[] {"cutoff", "market", "product_id"};
  }
}
