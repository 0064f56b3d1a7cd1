package io.trendflow.training;

import io.trendflow.model.MetricValue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
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
    MapFunction<Row, String> group =
        row -> row.<LocalDate>getAs("cutoff") + " " + row.<String>getAs("market");
    return new BacktestReport(
        rows
            .groupByKey(group, Encoders.STRING())
            .flatMapGroups(new MeasureGroup(), Encoders.row(MeasureGroup.SCHEMA))
            .collectAsList()
            .stream()
            .map(BacktestReport::groupMetric)
            .toList());
  }

  /** Mean over the judged groups; empty where the metric is defined in none. */
  public OptionalDouble mean(Method method, Metric metric) {
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
    for (Method method : Method.values()) {
      for (Metric metric : Metric.values()) {
        OptionalDouble mean = mean(method, metric);
        means.add(
            new MetricValue(
                method.key(), metric.key(), mean.isPresent() ? mean.getAsDouble() : null));
      }
    }
    return means;
  }

  /** Groups that count in the means. */
  public long judgedGroups() {
    return judged().map(GroupMetric::group).distinct().count();
  }

  /** The means as a table for people, one line per method. */
  public String table() {
    StringBuilder table = new StringBuilder("%-16s %7s".formatted("method", "groups"));
    for (Metric metric : Metric.values()) {
      table.append(" %9s".formatted(metric.label()));
    }
    for (Method method : Method.values()) {
      table.append("%n%-16s %7d".formatted(method.key(), judgedGroups()));
      for (Metric metric : Metric.values()) {
        OptionalDouble mean = mean(method, metric);
        table.append(mean.isEmpty() ? " %9s".formatted("-") : number(mean.getAsDouble()));
      }
    }
    long small =
        groups.stream().filter(group -> !group.judged()).map(GroupMetric::group).distinct().count();
    return small == 0
        ? table.toString()
        : table + "%n%d groups under 30 rows are not judged".formatted(small);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 100 ? " %9.3f" : " %9.0f", value);
  }

  private Stream<GroupMetric> judged() {
    return groups.stream().filter(GroupMetric::judged);
  }

  private static GroupMetric groupMetric(Row row) {
    return new GroupMetric(
        row.getAs("cutoff"),
        row.getAs("market"),
        row.<Long>getAs("rows"),
        Method.valueOf(row.getAs("method")),
        Metric.valueOf(row.getAs("metric")),
        row.getAs("value"));
  }
}
