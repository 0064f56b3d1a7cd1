package io.trendflow.training.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates every method on the rows of one cutoff and market, which fit into memory. The lifecycle
 * is that of the first row; it is meaningful only if the rows share it.
 */
final class GroupEvaluator implements FlatMapGroupsFunction<String, Row, Row> {
  static final StructType SCHEMA =
      StructType.fromDDL(
          "cutoff DATE, market STRING, lifecycle STRING, rows BIGINT, method STRING, metric STRING,"
              + " value DOUBLE");

  @Override
  public Iterator<Row> call(String group, Iterator<Row> iterator) {
    List<Row> rows = byProduct(iterator);
    Row first = rows.get(0);
    List<Row> measured = new ArrayList<>();
    for (PredictionMethod method : PredictionMethod.values()) {
      GroupPredictions judged = judged(rows, method);
      for (Metric metric : Metric.values()) {
        measured.add(
            RowFactory.create(
                first.getAs("cutoff"),
                first.getAs("market"),
                first.getAs("lifecycle"),
                (long) rows.size(),
                method.name(),
                metric.name(),
                metric.of(judged)));
      }
    }
    return measured.iterator();
  }

  /** Returns the rows of a group in a fixed order, on which sums and draws depend. */
  static List<Row> byProduct(Iterator<Row> iterator) {
    List<Row> rows = new ArrayList<>();
    iterator.forEachRemaining(rows::add);
    rows.sort(Comparator.comparing(row -> row.<String>getAs("product_id")));
    return rows;
  }

  static GroupPredictions judged(List<Row> rows, PredictionMethod method) {
    String baseline = method.column();
    return new GroupPredictions(
        rows.stream().map(row -> row.<String>getAs("product_id")).toArray(String[]::new),
        column(rows, row -> row.getAs("actual_units")),
        column(rows, row -> row.getAs("baseline_units")),
        prices(rows),
        column(rows, row -> baseline == null ? row.getAs("expected_units") : of(row, baseline)),
        column(rows, row -> baseline == null ? row.getAs("median_units") : of(row, baseline)),
        column(rows, row -> baseline == null ? orNaN(row.getAs("lower_units")) : Double.NaN),
        column(rows, row -> baseline == null ? orNaN(row.getAs("upper_units")) : Double.NaN));
  }

  /** Returns the prices; a missing one is the median of the others, or 1 if there is none. */
  private static double[] prices(List<Row> rows) {
    double[] prices = column(rows, row -> orNaN(row.getAs("price")));
    double[] known = DoubleStream.of(prices).filter(price -> !Double.isNaN(price)).toArray();
    double middle = known.length == 0 ? 1 : new Median().evaluate(known);
    return DoubleStream.of(prices).map(price -> Double.isNaN(price) ? middle : price).toArray();
  }

  /**
   * Returns a baseline's prediction; a baseline without a value takes baseline_units and is
   * therefore judged on every row.
   */
  private static double of(Row row, String baseline) {
    @Nullable Double units = row.getAs(baseline);
    return units == null ? row.<Double>getAs("baseline_units") : units;
  }

  private static double orNaN(@Nullable Double units) {
    return units == null ? Double.NaN : units;
  }

  static double[] column(List<Row> rows, ToDoubleFunction<Row> value) {
    return rows.stream().mapToDouble(value).toArray();
  }
}
