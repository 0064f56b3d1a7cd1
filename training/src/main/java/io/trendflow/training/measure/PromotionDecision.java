package io.trendflow.training.measure;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Decision on whether a model is good enough to score with.
 *
 * @param promoted whether the model is promoted
 * @param reason reason in a sentence for people
 */
public record PromotionDecision(boolean promoted, String reason) {
  private static final double WAPE_TOLERANCE = 1.05;

  /**
   * Decides by a backtest. The model's mean Spearman and mean uplift captured must be above those
   * of every baseline that ranks, and its WAPE at most 1.05 times the best baseline's. Uplift
   * captured counts only if the groups are large enough to measure it.
   */
  public static PromotionDecision decide(BacktestReport report) {
    if (report.mean(PredictionMethod.MODEL, Metric.SPEARMAN).isEmpty()
        || report.mean(PredictionMethod.MODEL, Metric.WAPE).isEmpty()) {
      return new PromotionDecision(
          false, "The backtest has no group of at least 30 rows with sales that the model ranks.");
    }
    List<String> failures = new ArrayList<>();
    requireAbove(report, Metric.SPEARMAN, failures);
    requireAbove(report, Metric.UPLIFT_50, failures);
    requireWape(report, failures);
    return failures.isEmpty()
        ? new PromotionDecision(true, "The model beats every baseline: " + summary(report) + ".")
        : new PromotionDecision(
            false, "The model does not beat the baselines: " + String.join("; ", failures) + ".");
  }

  private static void requireAbove(BacktestReport report, Metric metric, List<String> failures) {
    double model = value(report, PredictionMethod.MODEL, metric);
    baselines()
        .filter(baseline -> model <= value(report, baseline, metric))
        .forEach(baseline -> failures.add(comparison(report, baseline, metric)));
  }

  private static void requireWape(BacktestReport report, List<String> failures) {
    double model = report.mean(PredictionMethod.MODEL, Metric.WAPE).orElseThrow();
    baselines()
        .filter(baseline -> model > WAPE_TOLERANCE * value(report, baseline, Metric.WAPE))
        .forEach(baseline -> failures.add(comparison(report, baseline, Metric.WAPE)));
  }

  private static Stream<PredictionMethod> baselines() {
    return Arrays.stream(PredictionMethod.values())
        .filter(method -> method != PredictionMethod.MODEL);
  }

  private static String comparison(
      BacktestReport report, PredictionMethod baseline, Metric metric) {
    return String.format(
        Locale.ROOT,
        "%s %.3f against %.3f of %s",
        metric.label(),
        value(report, PredictionMethod.MODEL, metric),
        value(report, baseline, metric),
        baseline.key());
  }

  private static String summary(BacktestReport report) {
    return Stream.of(Metric.SPEARMAN, Metric.UPLIFT_50, Metric.WAPE)
        .filter(metric -> report.mean(PredictionMethod.MODEL, metric).isPresent())
        .map(
            metric ->
                String.format(
                    Locale.ROOT,
                    "%s %.3f",
                    metric.label(),
                    value(report, PredictionMethod.MODEL, metric)))
        .collect(joining(", "));
  }

  /**
   * Returns a method's mean; NaN, for which every comparison is false, if the metric is undefined.
   */
  private static double value(BacktestReport report, PredictionMethod method, Metric metric) {
    return report.mean(method, metric).orElse(Double.NaN);
  }
}
