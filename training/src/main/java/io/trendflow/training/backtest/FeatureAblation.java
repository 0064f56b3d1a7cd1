package io.trendflow.training.backtest;

import io.trendflow.training.measure.BacktestReport;
import io.trendflow.training.measure.MeanTable;
import io.trendflow.training.measure.Metric;
import io.trendflow.training.measure.PairedDifference;
import io.trendflow.training.measure.PredictionMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Effect of a group of features: a backtest beside one at the same origins on the same data without
 * these features.
 *
 * @param leftOut name of the features
 * @param recipeId id of the recipe without the features
 * @param parts all rows, then each lifecycle that has a group of at least 30 rows
 */
public record FeatureAblation(String leftOut, String recipeId, List<Part> parts) {
  public FeatureAblation {
    parts = List.copyOf(parts);
  }

  /**
   * Metrics of the model on a part of the rows.
   *
   * @param part {@code all} or a lifecycle
   * @param groups number of groups that count in the means
   */
  public record Part(String part, long groups, List<Added> metrics) {
    private static Part of(String part, BacktestReport with, BacktestReport without) {
      return new Part(
          part,
          with.judgedGroups(),
          Arrays.stream(Metric.values()).map(metric -> Added.of(metric, with, without)).toList());
    }

    private List<@Nullable Double> each(Function<Added, @Nullable Double> value) {
      return metrics.stream().<@Nullable Double>map(value).toList();
    }
  }

  /**
   * Mean metric of the model.
   *
   * @param metric key of the metric
   * @param with value with all features
   * @param without value without the features left out
   * @param added {@code with} less {@code without}; null if one of them is undefined
   * @param standardError standard error of {@code added} over the origins; null for fewer than 8
   */
  public record Added(
      String metric,
      @Nullable Double with,
      @Nullable Double without,
      @Nullable Double added,
      @Nullable Double standardError) {
    private static Added of(Metric metric, BacktestReport with, BacktestReport without) {
      OptionalDouble a = with.mean(PredictionMethod.MODEL, metric);
      OptionalDouble b = without.mean(PredictionMethod.MODEL, metric);
      boolean both = a.isPresent() && b.isPresent();
      PairedDifference difference = with.less(without, metric);
      return new Added(
          metric.key(),
          orNull(a),
          orNull(b),
          both ? (Double) (a.getAsDouble() - b.getAsDouble()) : null,
          difference == null ? null : difference.standardError());
    }
  }

  /**
   * Compares two backtests of the same plan.
   *
   * @param with report of the model, by part
   * @param without report of the model without the features, by part
   */
  static FeatureAblation of(
      String leftOut,
      String recipeId,
      Map<String, BacktestReport> with,
      Map<String, BacktestReport> without) {
    List<Part> parts = new ArrayList<>();
    with.forEach(
        (part, report) -> {
          BacktestReport other = without.get(part);
          if (report.judgedGroups() > 0 && other != null) {
            parts.add(Part.of(part, report, other));
          }
        });
    return new FeatureAblation(leftOut, recipeId, parts);
  }

  /**
   * Returns a table for people: each part's metrics, the metrics without the features, and the
   * difference.
   */
  String table() {
    StringBuilder table = new StringBuilder(MeanTable.heading("less " + leftOut));
    for (Part part : parts) {
      table.append(
          "%n%s%n%s%n%s"
              .formatted(
                  MeanTable.line(part.part(), part.groups(), part.each(Added::with)),
                  MeanTable.line("  without", part.groups(), part.each(Added::without)),
                  MeanTable.signed("  difference", part.groups(), part.each(Added::added))));
      MeanTable.addErrors(table, part.groups(), part.each(Added::standardError));
    }
    return table.toString();
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }
}
