package io.trendflow.training.measure;

import java.util.ArrayList;
import java.util.Arrays;
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
 * Evaluates a method on the rows of one cutoff and market, which fit into memory. The lifecycle is
 * that of the first row; it is meaningful only if the rows share it.
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
    GroupPredictions judged = judged(rows);
    return Arrays.stream(Metric.values())
        .map(
            metric ->
                RowFactory.create(
                    first.getAs("cutoff"),
                    first.getAs("market"),
                    first.getAs("lifecycle"),
                    (long) rows.size(),
                    MethodRows.method(first).name(),
                    metric.name(),
                    metric.of(judged)))
        .iterator();
  }

  /**
   * Returns the rows of a group in a fixed order, on which sums and draws depend. Rows that Spark
   * has sorted take one pass; it compares bytes, which orders a few rare characters otherwise.
   */
  static List<Row> byProduct(Iterator<Row> iterator) {
    List<Row> rows = new ArrayList<>();
    iterator.forEachRemaining(rows::add);
    rows.sort(Comparator.comparing(row -> row.<String>getAs("product_id")));
    return rows;
  }

  /**
   * Returns the predictions of rows.
   *
   * @param rows rows with the columns of {@link MethodRows} except the method, sorted by product
   */
  static GroupPredictions judged(List<Row> rows) {
    return new GroupPredictions(
        rows.stream().map(row -> row.<String>getAs("product_id")).toArray(String[]::new),
        column(rows, row -> row.getAs("actual_units")),
        column(rows, row -> row.getAs("baseline_units")),
        prices(rows),
        column(rows, row -> row.getAs("expected_units")),
        column(rows, row -> row.getAs("median_units")),
        column(rows, row -> orNaN(row.getAs("lower_units"))),
        column(rows, row -> orNaN(row.getAs("upper_units"))));
  }

  /** Returns the prices; a missing one is the median of the others, or 1 if there is none. */
  private static double[] prices(List<Row> rows) {
    double[] prices = column(rows, row -> orNaN(row.getAs("price")));
    double[] known = DoubleStream.of(prices).filter(price -> !Double.isNaN(price)).toArray();
    double middle = known.length == 0 ? 1 : new Median().evaluate(known);
    return DoubleStream.of(prices).map(price -> Double.isNaN(price) ? middle : price).toArray();
  }

  private static double orNaN(@Nullable Double units) {
    return units == null ? Double.NaN : units;
  }

  static double[] column(List<Row> rows, ToDoubleFunction<Row> value) {
    return rows.stream().mapToDouble(value).toArray();
  }
}
