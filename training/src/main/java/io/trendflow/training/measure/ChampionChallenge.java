package io.trendflow.training.measure;

import static java.util.stream.Collectors.joining;

import io.trendflow.model.MetricValue;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Decides whether a model that beats the baselines replaces the champion. */
public final class ChampionChallenge {
  private static final double REFIT_TOLERANCE = 0.02;

  /** Metrics of which 2 % matter, whatever their standard error. */
  private static final Set<Metric> STEADY = Set.of(Metric.WAPE, Metric.SPEARMAN);

  private ChampionChallenge() {}

  /**
   * Decides on a refit of the champion's recipe on later data. It is promoted unless a metric is
   * more than 2 % and more than two standard errors worse than in the champion's own backtest,
   * whose origins are others. Where the standard errors are unknown, 2 % of WAPE and Spearman
   * decide.
   *
   * @param champion metrics stored with the champion
   */
  public static PromotionDecision ofRefit(BacktestReport challenger, List<MetricValue> champion) {
    List<Refit> compared =
        PromotionDecision.METRICS.stream()
            .map(metric -> Refit.of(metric, challenger, champion))
            .filter(Objects::nonNull)
            .toList();
    if (compared.isEmpty()) {
      return new PromotionDecision(
          true, "The model is a refit of the champion's recipe, which has no metric to compare.");
    }
    List<Refit> worse = compared.stream().filter(Refit::isWorse).toList();
    return worse.isEmpty()
        ? new PromotionDecision(
            true,
            "The model is a refit of the champion's recipe and not measurably worse: %s."
                .formatted(Refit.text(compared)))
        : new PromotionDecision(
            false,
            "The model is a refit of the champion's recipe and measurably worse: %s."
                .formatted(Refit.text(worse)));
  }

  /**
   * Metric of a refit and of the champion.
   *
   * @param error standard error of the difference; null if it is unknown
   */
  private record Refit(Metric metric, double challenger, double champion, @Nullable Double error) {
    static @Nullable Refit of(
        Metric metric, BacktestReport challenger, List<MetricValue> champion) {
      var own = challenger.mean(PredictionMethod.MODEL, metric);
      String model = PredictionMethod.MODEL.key();
      Double other = MetricValue.find(champion, model, metric.key());
      if (own.isEmpty() || other == null) {
        return null;
      }
      Double ownError = challenger.standardError(PredictionMethod.MODEL, metric);
      Double otherError = MetricValue.findError(champion, model, metric.key());
      Double error =
          ownError == null || otherError == null ? null : (Double) Math.hypot(ownError, otherError);
      return error != null || STEADY.contains(metric)
          ? new Refit(metric, own.getAsDouble(), other, error)
          : null;
    }

    boolean isWorse() {
      double difference = Math.abs(challenger - champion);
      return metric.isBetter(champion, challenger)
          && difference > REFIT_TOLERANCE * Math.abs(champion)
          && (error == null || difference > PairedDifference.TOLD_APART * error);
    }

    static String text(List<Refit> compared) {
      return compared.stream()
          .map(
              one ->
                  String.format(
                      Locale.ROOT,
                      "%s %.3f against %.3f",
                      one.metric.label(),
                      one.challenger,
                      one.champion))
          .collect(joining(", "));
    }
  }

  /**
   * Decides on another recipe. On the rows that both backtests have, it must be better in one of
   * WAPE, Spearman, qini and value and worse in none, by at least two standard errors.
   *
   * @param challenger rows of {@code prediction.backtest}
   * @param champion rows of the champion's backtest
   */
  public static PromotionDecision ofRecipe(Dataset<Row> challenger, Dataset<Row> champion) {
    List<PairedDifference> compared =
        PairedBootstrap.of(challenger, champion, PromotionDecision.METRICS);
    if (compared.isEmpty()) {
      return new PromotionDecision(
          false,
          "The champion has another recipe and was tested at other days: set train.origins to days of its backtest to compare the two models.");
    }
    boolean better =
        compared.stream().anyMatch(PairedDifference::isBetter)
            && compared.stream().noneMatch(PairedDifference::isWorse);
    return new PromotionDecision(
        better,
        "The model %s the champion's recipe significantly: %s."
            .formatted(
                better ? "beats" : "does not beat",
                compared.stream().map(d -> d.text("")).collect(joining(", "))));
  }
}
