package io.trendflow.training.measure;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.trendflow.scoring.MarketTasks;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of a backtest, each once for every method, with no more than the columns by which a method
 * is judged. The methods of a group are judged in tasks of their own.
 */
final class MethodRows {
  private static final String UNIT = "unit";
  private static final String METHOD = "method";

  private MethodRows() {}

  /**
   * Judges every method in each group.
   *
   * @param rows columns of {@code prediction.backtest}, from one backtest
   * @param group columns of which rows of one group have the same values
   * @param judge function of the rows of one group and method, sorted by product
   * @param schema columns of the function's result
   */
  static List<Row> judge(
      Dataset<Row> rows,
      List<String> group,
      FlatMapGroupsFunction<String, Row, Row> judge,
      StructType schema) {
    Column[] names =
        Stream.concat(group.stream(), Stream.of(METHOD))
            .map(name -> col(name))
            .toArray(Column[]::new);
    Dataset<Row> units = of(rows).withColumn(UNIT, concat_ws(" ", names));
    int tasks = MarketTasks.of(rows.sparkSession());
    // Ranges keep the methods of a large group apart, which hashes and Spark's merging of small
    // partitions would put into one task.
    Dataset<Row> placed = tasks == 1 ? units : units.repartitionByRange(tasks, col(UNIT));
    Column[] product = {col("product_id")};
    return placed
        .groupBy(UNIT)
        .as(Encoders.STRING(), Encoders.row(units.schema()))
        .flatMapSortedGroups(product, judge, Encoders.row(schema))
        .collectAsList();
  }

  /**
   * Returns the rows of each method. A baseline has no interval; a baseline without a value takes
   * baseline_units and is therefore judged on every row.
   */
  static Dataset<Row> of(Dataset<Row> rows) {
    Column method = col(METHOD);
    Column baselines = lit(null).cast("double");
    for (PredictionMethod baseline : PredictionMethod.baselines()) {
      Column units = col(Objects.requireNonNull(baseline.column()));
      baselines =
          when(method.equalTo(baseline.name()), coalesce(units, col("baseline_units")))
              .otherwise(baselines);
    }
    Column ofModel = method.equalTo(PredictionMethod.MODEL.name());
    Column[] methods =
        Arrays.stream(PredictionMethod.values())
            .map(value -> lit(value.name()))
            .toArray(Column[]::new);
    return rows.withColumn(METHOD, explode(array(methods)))
        .select(
            col("cutoff"),
            col("market"),
            col("lifecycle"),
            col("product_id"),
            col("actual_units"),
            col("baseline_units"),
            col("price"),
            when(ofModel, col("expected_units")).otherwise(baselines).as("expected_units"),
            when(ofModel, col("median_units")).otherwise(baselines).as("median_units"),
            when(ofModel, col("lower_units")).as("lower_units"),
            when(ofModel, col("upper_units")).as("upper_units"),
            method);
  }

  /** Returns the method of a row. */
  static PredictionMethod method(Row row) {
    return PredictionMethod.valueOf(row.getAs(METHOD));
  }
}
