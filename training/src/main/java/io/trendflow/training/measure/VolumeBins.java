package io.trendflow.training.measure;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Bins of rows by expected units. */
public final class VolumeBins {
  private VolumeBins() {}

  /**
   * Returns the number of a row's bin, from 1 for the lowest expected units. The bins have equal
   * numbers of rows, except that rows with the same expected units stay together.
   */
  public static Column of(Dataset<Row> rows, int bins) {
    String shares =
        IntStream.range(1, bins)
            .mapToObj(bin -> bin + " / " + bins + "d")
            .collect(Collectors.joining(", ", "array(", ")"));
    Row bounds = rows.selectExpr("percentile(expected_units, " + shares + ")").first();
    List<Double> above = bounds.isNullAt(0) ? List.of() : bounds.getList(0);
    return above.stream()
        .map(bound -> when(col("expected_units").gt(bound), 1).otherwise(0))
        .reduce(lit(1), Column::plus);
  }
}
