package io.trendflow.training.measure;

import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.groupingBy;

import io.trendflow.model.MetricValue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of the model and the baselines, per cutoff and market. A mean is the unweighted mean of
 * the groups with at least 30 rows in which the metric is defined. A baseline that is null in a row
 * is replaced by baseline_units there.
 */
public record BacktestReport(List<GroupMetric> groups) {
  /** Columns that rows of one group have in common. */
  static final List<String> GROUP = List.of("cutoff", "market");

  /** Fewest origins with standard errors. */
  public static final int MIN_ORIGINS = NeweyWest.MIN_ORIGINS;

  public BacktestReport {
    groups = groups.stream().sorted(Comparator.comparing(GroupMetric::group)).toList();
  }

  /**
   * Computes the report of a backtest.
   *
   * @param rows columns of {@code prediction.backtest}, from one backtest
   */
  public static BacktestReport of(Dataset<Row> rows) {
    return of(measure(rows, GROUP));
  }

  /**
   * Computes the report of each lifecycle, in groups of cutoff, market and lifecycle.
   *
   * @param rows columns of {@code prediction.backtest}, from one backtest
   */
  public static SortedMap<String, BacktestReport> byLifecycle(Dataset<Row> rows) {
    SortedMap<String, BacktestReport> reports = new TreeMap<>();
    measure(rows, List.of("cutoff", "market", "lifecycle")).stream()
        .collect(groupingBy(row -> row.<String>getAs("lifecycle")))
        .forEach((lifecycle, measured) -> reports.put(lifecycle, of(measured)));
    return reports;
  }

  /** Returns the name of a row's cutoff and market. */
  static String group(Row row) {
    return row.<LocalDate>getAs("cutoff") + " " + row.<String>getAs("market");
  }

  /** Returns the number of markets with rows. */
  public long markets() {
    return groups.stream().map(GroupMetric::market).distinct().count();
  }

  private static List<Row> measure(Dataset<Row> rows, List<String> group) {
    return MethodRows.judge(rows, group, new GroupEvaluator(), GroupEvaluator.SCHEMA);
  }

  private static BacktestReport of(List<Row> measured) {
    return new BacktestReport(measured.stream().map(BacktestReport::groupMetric).toList());
  }

  /** Returns the mean over the judged groups; empty if the metric is not defined in any of them. */
  public OptionalDouble mean(PredictionMethod method, Metric metric) {
    return values(method, metric).values().stream().mapToDouble(Double::doubleValue).average();
  }

  /**
   * Returns the standard error of {@link #mean} over the origins, each with the mean of its judged
   * groups; null for fewer than 8 origins.
   */
  public @Nullable Double standardError(PredictionMethod method, Metric metric) {
    Map<String, Double> origins =
        values(method, metric).entrySet().stream()
            .collect(
                groupingBy(
                    group -> PairedDifference.origin(group.getKey()),
                    TreeMap::new,
                    averagingDouble(Map.Entry::getValue)));
    return NeweyWest.standardError(
        origins.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Returns the difference of the model from a baseline; null if no group has both. */
  public @Nullable PairedDifference lessBaseline(PredictionMethod baseline, Metric metric) {
    return PairedDifference.of(
        metric, values(PredictionMethod.MODEL, metric), values(baseline, metric));
  }

  /** Returns the difference of the model from another report's; null if no group is in both. */
  public @Nullable PairedDifference less(BacktestReport other, Metric metric) {
    return PairedDifference.of(
        metric,
        values(PredictionMethod.MODEL, metric),
        other.values(PredictionMethod.MODEL, metric));
  }

  /** Returns the defined values of the judged groups. */
  private SortedMap<String, Double> values(PredictionMethod method, Metric metric) {
    SortedMap<String, Double> values = new TreeMap<>();
    judged()
        .filter(group -> group.method() == method && group.metric() == metric)
        .forEach(
            group -> {
              Double value = group.value();
              if (value != null) {
                values.put(group.group(), value);
              }
            });
    return values;
  }

  /** Returns every mean, as stored in {@code prediction.models}. */
  public List<MetricValue> means() {
    List<MetricValue> means = new ArrayList<>();
    for (PredictionMethod method : PredictionMethod.values()) {
      for (Metric metric : Metric.values()) {
        OptionalDouble mean = mean(method, metric);
        means.add(
            new MetricValue(
                method.key(),
                metric.key(),
                mean.isPresent() ? mean.getAsDouble() : null,
                mean.isPresent() ? standardError(method, metric) : null));
      }
    }
    return means;
  }

  /**
   * Returns the differences of the model from every baseline, with their standard errors.
   *
   * @return values whose method is the baseline
   */
  public List<MetricValue> differences() {
    List<MetricValue> differences = new ArrayList<>();
    for (PredictionMethod baseline : PredictionMethod.baselines()) {
      for (Metric metric : Metric.values()) {
        PairedDifference difference = lessBaseline(baseline, metric);
        differences.add(
            difference == null
                ? new MetricValue(baseline.key(), metric.key(), null, null)
                : new MetricValue(
                    baseline.key(),
                    metric.key(),
                    difference.difference(),
                    difference.standardError()));
      }
    }
    return differences;
  }

  /** Returns the number of rows of all groups, including those too small to be judged. */
  public long rows() {
    return groups.stream()
        .filter(group -> group.method() == PredictionMethod.MODEL && group.metric() == Metric.WAPE)
        .mapToLong(GroupMetric::rows)
        .sum();
  }

  /** Returns the number of groups that count in the means. */
  public long judgedGroups() {
    return judged().map(GroupMetric::group).distinct().count();
  }

  /** Returns the number of origins with a group that counts in the means. */
  public long judgedOrigins() {
    return judged().map(GroupMetric::cutoff).distinct().count();
  }

  /** Returns whether there are enough origins for standard errors over them. */
  public boolean hasStandardErrors() {
    return judgedOrigins() >= MIN_ORIGINS;
  }

  /**
   * Returns the means as a table for people, one line per method, and the differences of the model
   * from each baseline.
   */
  public String table() {
    String table =
        MeanTable.of("method", judgedGroups(), means())
            + System.lineSeparator()
            + MeanTable.differences("model less", judgedGroups(), differences());
    long small =
        groups.stream().filter(group -> !group.judged()).map(GroupMetric::group).distinct().count();
    return small == 0
        ? table
        : table + "%n%d groups with fewer than 30 rows are not judged".formatted(small);
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
