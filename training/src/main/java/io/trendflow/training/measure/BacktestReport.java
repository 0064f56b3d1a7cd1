package io.trendflow.training.measure;

import static java.util.stream.Collectors.groupingBy;

import io.trendflow.model.MetricValue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * How good the model and the baselines were, per cutoff and market. A mean is the unweighted mean
 * of the groups with at least 30 rows in which the metric is defined. A baseline that is null for a
 * row is judged there by baseline_units.
 */
public record BacktestReport(List<GroupMetric> groups) {
  public BacktestReport {
    groups = groups.stream().sorted(Comparator.comparing(GroupMetric::group)).toList();
  }

  /**
   * Measures a backtest.
   *
   * @param rows columns of {@code prediction.backtest}, of one backtest
   */
  public static BacktestReport of(Dataset<Row> rows) {
    return of(measure(rows, BacktestReport::group));
  }

  /**
   * Measures each lifecycle by itself, in groups of cutoff, market and lifecycle.
   *
   * @param rows as for {@link #of}
   */
  public static SortedMap<String, BacktestReport> byLifecycle(Dataset<Row> rows) {
    SortedMap<String, BacktestReport> reports = new TreeMap<>();
    measure(rows, row -> group(row) + " " + row.<String>getAs("lifecycle")).stream()
        .collect(groupingBy(row -> row.<String>getAs("lifecycle")))
        .forEach((lifecycle, measured) -> reports.put(lifecycle, of(measured)));
    return reports;
  }

  /** Name of the cutoff and market of a row. */
  static String group(Row row) {
    return row.<LocalDate>getAs("cutoff") + " " + row.<String>getAs("market");
  }

  private static List<Row> measure(Dataset<Row> rows, MapFunction<Row, String> group) {
    return rows.groupByKey(group, Encoders.STRING())
        .flatMapGroups(new GroupEvaluator(), Encoders.row(GroupEvaluator.SCHEMA))
        .collectAsList();
  }

  private static BacktestReport of(List<Row> measured) {
    return new BacktestReport(measured.stream().map(BacktestReport::groupMetric).toList());
  }

  /** Mean over the judged groups; empty where the metric is defined in none. */
  public OptionalDouble mean(PredictionMethod method, Metric metric) {
    return judged()
        .filter(group -> group.method() == method && group.metric() == metric)
        .map(GroupMetric::value)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .average();
  }

  /** Every mean, as {@code prediction.models} keeps them. */
  public List<MetricValue> means() {
    List<MetricValue> means = new ArrayList<>();
    for (PredictionMethod method : PredictionMethod.values()) {
      for (Metric metric : Metric.values()) {
        OptionalDouble mean = mean(method, metric);
        means.add(
            new MetricValue(
                method.key(), metric.key(), mean.isPresent() ? mean.getAsDouble() : null));
      }
    }
    return means;
  }

  /** Rows of all groups, those too small to be judged included. */
  public long rows() {
    return groups.stream()
        .filter(group -> group.method() == PredictionMethod.MODEL && group.metric() == Metric.WAPE)
        .mapToLong(GroupMetric::rows)
        .sum();
  }

  /** Groups that count in the means. */
  public long judgedGroups() {
    return judged().map(GroupMetric::group).distinct().count();
  }

  /** The means as a table for people, one line per method. */
  public String table() {
    String table = MeanTable.of("method", judgedGroups(), means());
    long small =
        groups.stream().filter(group -> !group.judged()).map(GroupMetric::group).distinct().count();
    return small == 0 ? table : table + "%n%d groups under 30 rows are not judged".formatted(small);
  }

  private Stream<GroupMetric> judged() {
    return groups.stream().filter(GroupMetric::judged);
  }

  private static GroupMetric groupMetric(Row row) {
    return new GroupMetric(
        row.getAs("cutoff"),
        row.getAs("market"),
        row.<Long>getAs("rows"),
        PredictionMethod.valueOf(row.getAs("method")),
        Metric.valueOf(row.getAs("metric")),
        row.getAs("value"));
  }
}
