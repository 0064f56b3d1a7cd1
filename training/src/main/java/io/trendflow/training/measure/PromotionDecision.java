package io.trendflow.training.measure;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Decision on whether a model is good enough to score with.
 *
 * @param promoted whether the model is promoted
 * @param reason reason in a sentence for people
 */
public record PromotionDecision(boolean promoted, String reason) {
  /**
   * Metrics that decide. Uplift captured by the first 50 is not among them: it depends on only 50
   * rows of a group, and on chance.
   */
  public static final List<Metric> METRICS =
      List.of(Metric.WAPE, Metric.SPEARMAN, Metric.QINI, Metric.VALUE);

  /**
   * Decides by a backtest. Against every baseline, the model must be better in one of WAPE,
   * Spearman, qini and value and worse in none, by at least two standard errors.
   *
   * @param rows rows of the report, as in {@code prediction.backtest}
   */
  public static PromotionDecision decide(BacktestReport report, Dataset<Row> rows) {
    Map<PredictionMethod, List<PairedDifference>> differences = new LinkedHashMap<>();
    for (PredictionMethod baseline : PredictionMethod.baselines()) {
      differences.put(
          baseline,
          report.hasStandardErrors()
              ? differences(report, baseline)
              : PairedBootstrap.ofBaseline(rows, baseline, METRICS));
    }
    return decide(report, differences);
  }

  /** Returns the differences from a baseline, with their standard errors over the origins. */
  static List<PairedDifference> differences(BacktestReport report, PredictionMethod baseline) {
    return METRICS.stream()
        .flatMap(metric -> Stream.ofNullable(report.lessBaseline(baseline, metric)))
        .toList();
  }

  static PromotionDecision decide(
      BacktestReport report, Map<PredictionMethod, List<PairedDifference>> differences) {
    if (report.mean(PredictionMethod.MODEL, Metric.SPEARMAN).isEmpty()
        || report.mean(PredictionMethod.MODEL, Metric.WAPE).isEmpty()) {
      return new PromotionDecision(
          false, "The backtest has no group of at least 30 rows with sales that the model ranks.");
    }
    List<String> failures = new ArrayList<>();
    differences.forEach((baseline, found) -> failures.addAll(failures(baseline, found)));
    return failures.isEmpty()
        ? new PromotionDecision(true, "The model beats every baseline: " + summary(differences))
        : new PromotionDecision(
            false, "The model does not beat the baselines: " + String.join("; ", failures) + ".");
  }

  private static List<String> failures(
      PredictionMethod baseline, List<PairedDifference> differences) {
    String of = "of " + baseline.key();
    if (differences.stream().anyMatch(PairedDifference::isWorse)) {
      return differences.stream()
          .filter(PairedDifference::isWorse)
          .map(difference -> difference.text(of))
          .toList();
    }
    return differences.isEmpty() || differences.stream().anyMatch(PairedDifference::isBetter)
        ? List.of()
        : List.of(
            "no measure sets it apart from %s, with %s"
                .formatted(
                    baseline.key(),
                    differences.stream().map(d -> d.text("")).collect(joining(", "))));
  }

  /** Returns each metric beside the best baseline's. */
  private static String summary(Map<PredictionMethod, List<PairedDifference>> differences) {
    return METRICS.stream()
            .flatMap(metric -> best(metric, differences).stream())
            .collect(joining(", "))
        + ".";
  }

  private static List<String> best(
      Metric metric, Map<PredictionMethod, List<PairedDifference>> differences) {
    PredictionMethod best = null;
    PairedDifference closest = null;
    for (Map.Entry<PredictionMethod, List<PairedDifference>> entry : differences.entrySet()) {
      for (PairedDifference difference : entry.getValue()) {
        if (difference.metric() == metric
            && (closest == null || metric.isBetter(difference.other(), closest.other()))) {
          best = entry.getKey();
          closest = difference;
        }
      }
    }
    return best == null || closest == null ? List.of() : List.of(closest.text("of " + best.key()));
  }
}
