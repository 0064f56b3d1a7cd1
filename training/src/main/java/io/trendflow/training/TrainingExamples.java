package io.trendflow.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import io.trendflow.features.FeatureSpec;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Examples that are known at an origin. */
public final class TrainingExamples {
  private TrainingExamples() {}

  /**
   * Returns the feature rows of the origin's training cutoffs with the labels known at the end of
   * the origin.
   *
   * @return columns cutoff, market, product_id, lifecycle, label_units, baseline_units and the
   *     features; unique by the first three
   */
  public static Dataset<Row> knownAt(TrainingData data, Recipe recipe, LocalDate origin) {
    List<LocalDate> cutoffs =
        TrainingCutoffs.of(origin, recipe.horizonDays(), recipe.cutoffs(), recipe.cutoffWeeks());
    Dataset<Row> rows =
        data.featureRows()
            .filter(col("cutoff").isin(cutoffs.toArray()))
            .filter(col("lifecycle").isin(recipe.lifecycles().toArray()))
            .join(
                data.labelsKnownAt(origin).filter(col("cutoff").isin(cutoffs.toArray())),
                TrainingData.keys());
    return onePerLaunch(rows, col("cutoff").desc()).select(columns(data.features()));
  }

  /**
   * Keeps only the first of a product's rows before its launch: they all have the same label and
   * would count a launch once per cutoff.
   *
   * @param order order of a product's rows
   */
  public static Dataset<Row> onePerLaunch(Dataset<Row> rows, Column order) {
    Column launch = col("lifecycle").equalTo(lit("launch"));
    Column nth = row_number().over(Window.partitionBy("market", "product_id").orderBy(order));
    Dataset<Row> launches =
        rows.filter(launch).withColumn("nth", nth).filter(col("nth").equalTo(1)).drop("nth");
    return rows.filter(col("lifecycle").notEqual(lit("launch"))).unionByName(launches);
  }

  private static Column[] columns(List<FeatureSpec> features) {
    return Stream.concat(
            Stream.of(
                "cutoff", "market", "product_id", "lifecycle", "label_units", "baseline_units"),
            features.stream().map(FeatureSpec::name))
        .distinct()
        .map(name -> col(name))
        .toArray(Column[]::new);
  }
}
