package io.trendflow.training.measure;

import static java.util.stream.Collectors.joining;

import io.trendflow.model.MetricValue;
import io.trendflow.training.measure.PairedBootstrap.Comparison;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Decides whether a model that beats the baselines replaces the champion. */
public final class ChampionChallenge {
  /**
   * Metrics compared. Uplift captured is not among them: it depends on only 50 rows of a group, and
   * on chance.
   */
  private static final List<Metric> METRICS = List.of(Metric.WAPE, Metric.SPEARMAN);

  private static final double REFIT_TOLERANCE = 0.02;

  /** Share of the draws from which a difference is significant. */
  private static final double SURE = 0.95;

  private ChampionChallenge() {}

  /**
   * Decides on a refit of the champion's recipe on later data. It is promoted unless its WAPE or
   * its Spearman is more than 2 % worse than in the champion's own backtest.
   *
   * @param champion metrics stored with the champion
   */
  public static PromotionDecision ofRefit(BacktestReport challenger, List<MetricValue> champion) {
    String compared =
        METRICS.stream()
            .map(metric -> pair(metric, mean(challenger, metric), value(champion, metric)))
            .collect(joining(", "));
    boolean worse =
        METRICS.stream()
            .anyMatch(metric -> isWorse(metric, mean(challenger, metric), value(champion, metric)));
    return new PromotionDecision(
        !worse,
        "The model is a refit of the champion's recipe and %s 2 %% worse: %s."
            .formatted(worse ? "more than" : "at most", compared));
  }

  /**
   * Decides on another recipe. It is promoted if it is better in WAPE or Spearman, and worse in
   * neither, in 95 % of the draws of a paired bootstrap of the rows that both backtests have.
   *
   * @param challenger rows of {@code prediction.backtest}
   * @param champion rows of the champion's backtest
   */
  public static PromotionDecision ofRecipe(Dataset<Row> challenger, Dataset<Row> champion) {
    List<Comparison> compared = PairedBootstrap.of(challenger, champion, METRICS);
    if (compared.isEmpty()) {
      return new PromotionDecision(
          false,
          "The champion has another recipe and was tested at other days: set train.origins to days of its backtest to compare the two models.");
    }
    boolean better = compared.stream().anyMatch(c -> c.better() >= SURE);
    boolean worse = compared.stream().anyMatch(c -> c.worse() >= SURE);
    String how =
        compared.stream()
            .map(
                c ->
                    "%s, better in %.0f %% of the draws"
                        .formatted(
                            pair(c.metric(), c.challenger(), c.champion()), 100 * c.better()))
            .collect(joining("; "));
    return new PromotionDecision(
        better && !worse,
        "The model %s the champion's recipe significantly: %s."
            .formatted(better && !worse ? "beats" : "does not beat", how));
  }

  private static boolean isWorse(Metric metric, double challenger, double champion) {
    double allowed = REFIT_TOLERANCE * Math.abs(champion);
    return metric.isBetter(champion, challenger) && Math.abs(challenger - champion) > allowed;
  }

  private static String pair(Metric metric, double challenger, double champion) {
    return String.format(Locale.ROOT, "%s %.3f against %.3f", metric.label(), challenger, champion);
  }

  /**
   * Returns the model's mean; NaN, which is neither better nor worse, if the metric is undefined.
   */
  private static double mean(BacktestReport report, Metric metric) {
    return report.mean(PredictionMethod.MODEL, metric).orElse(Double.NaN);
  }

  private static double value(List<MetricValue> metrics, Metric metric) {
    Double value = MetricValue.find(metrics, PredictionMethod.MODEL.key(), metric.key());
    return value == null ? Double.NaN : value;
  }
}
