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
    return knownAt(data, recipe, List.of(origin)).drop("known_by");
  }

  /** Returns the examples of {@link #knownAt} for each origin, which is the column known_by. */
  static Dataset<Row> knownAt(TrainingData data, Recipe recipe, List<LocalDate> origins) {
    Object[] cutoffs =
        origins.stream().flatMap(o -> cutoffs(recipe, o).stream()).distinct().toArray();
    Dataset<Row> rows =
        data.featureRows()
            .filter(col("cutoff").isin(cutoffs))
            .filter(col("lifecycle").isin(recipe.lifecycles().toArray()))
            .join(labels(data, recipe, origins), TrainingData.keys());
    return onePerLaunch(rows, col("cutoff").desc(), "known_by", "market", "product_id")
        .select(columns(data.features()));
  }

  /** Returns the labels of the examples of each origin, at most one for each example. */
  static Dataset<Row> labels(TrainingData data, Recipe recipe, List<LocalDate> origins) {
    Column wanted =
        origins.stream()
            .map(
                origin ->
                    TrainingData.knownAtTheEnd(origin)
                        .and(col("cutoff").isin(cutoffs(recipe, origin).toArray())))
            .reduce(Column::or)
            .orElseThrow();
    return data.labels()
        .filter(wanted)
        .select("cutoff", "market", "product_id", "known_by", "label_units");
  }

  private static List<LocalDate> cutoffs(Recipe recipe, LocalDate origin) {
    return TrainingCutoffs.of(origin, recipe.horizonDays(), recipe.cutoffs(), recipe.cutoffWeeks());
  }

  /**
   * Keeps only the first of a product's rows before its launch: they all have the same label and
   * would count a launch once per cutoff.
   *
   * @param order order of a product's rows
   * @param product columns that are equal in the rows of a product
   */
  public static Dataset<Row> onePerLaunch(Dataset<Row> rows, Column order, String... product) {
    Column launch = col("lifecycle").equalTo(lit("launch"));
    Column nth = row_number().over(Window.partitionBy(columns(Stream.of(product))).orderBy(order));
    Dataset<Row> launches =
        rows.filter(launch).withColumn("nth", nth).filter(col("nth").equalTo(1)).drop("nth");
    return rows.filter(col("lifecycle").notEqual(lit("launch"))).unionByName(launches);
  }

  private static Column[] columns(List<FeatureSpec> features) {
    return columns(
        Stream.concat(
            Stream.of(
                "known_by",
                "cutoff",
                "market",
                "product_id",
                "lifecycle",
                "label_units",
                "baseline_units"),
            features.stream().map(FeatureSpec::name)));
  }

  private static Column[] columns(Stream<String> names) {
    return names.distinct().map(name -> col(name)).toArray(Column[]::new);
  }
}
