package io.trendflow.training.measure;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Coverage of the 80 % interval, pooled over the rows of all cutoffs and markets that have an
 * interval.
 *
 * @param part {@code all}; a fifth of the rows by expected units, {@code volume 1} having the
 *     lowest; or a lifecycle with at least 200 rows
 * @param rows number of rows with an interval
 * @param leastExpected smallest expected units among them
 * @param mostExpected largest expected units among them
 * @param held share of the rows whose actual units are in the interval, its ends included
 */
public record IntervalCoverage(
    String part, long rows, double leastExpected, double mostExpected, double held) {
  /** Part that contains every row. */
  public static final String ALL = "all";

  private static final int VOLUMES = 5;
  private static final long MIN_ROWS = 200;

  /**
   * Returns the coverage of all parts.
   *
   * @param rows columns of {@code prediction.backtest}, from one recipe
   */
  public static List<IntervalCoverage> of(Dataset<Row> rows) {
    Column held = col("actual_units").between(col("lower_units"), col("upper_units"));
    Dataset<Row> known =
        rows.filter(col("lower_units").isNotNull()).withColumn("held", held.cast("double"));
    List<IntervalCoverage> coverage = new ArrayList<>(by(known, lit(ALL)));
    by(known, VolumeBins.of(known, VOLUMES)).stream()
        .map(bin -> bin.named("volume " + bin.part()))
        .forEach(coverage::add);
    by(known, col("lifecycle")).stream()
        .filter(lifecycle -> lifecycle.rows() >= MIN_ROWS)
        .forEach(coverage::add);
    return coverage;
  }

  /** Returns a line for people. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%-16s %7d rows, %s to %s units expected: %.1f %%",
        part,
        rows,
        units(leastExpected),
        units(mostExpected),
        100 * held);
  }

  private IntervalCoverage named(String name) {
    return new IntervalCoverage(name, rows, leastExpected, mostExpected, held);
  }

  private static String units(double units) {
    return String.format(Locale.ROOT, "%.1f", units);
  }

  private static List<IntervalCoverage> by(Dataset<Row> known, Column part) {
    return known
        .groupBy(part.as("part"))
        .agg(count("*"), min("expected_units"), max("expected_units"), avg("held"))
        .orderBy("part")
        .collectAsList()
        .stream()
        .map(
            row ->
                new IntervalCoverage(
                    row.get(0).toString(),
                    row.getLong(1),
                    row.getDouble(2),
                    row.getDouble(3),
                    row.getDouble(4)))
        .toList();
  }
}
