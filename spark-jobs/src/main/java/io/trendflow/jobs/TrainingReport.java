package io.trendflow.jobs;

import static java.util.Comparator.comparingDouble;

import io.trendflow.jobs.config.RecordJson;
import io.trendflow.jobs.store.ArtifactStore;
import io.trendflow.model.TrendModel;
import io.trendflow.training.backtest.BacktestFigures;
import io.trendflow.training.backtest.BacktestResult;
import io.trendflow.training.measure.PromotionDecision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Content of {@code report.html}, which is stored beside the model: one page that needs only a
 * browser.
 *
 * @param origins cutoffs of the backtest
 * @param trainingCutoffs cutoffs of the examples
 * @param importances share of each feature in the gain of all splits, in descending order
 */
record TrainingReport(
    String modelId,
    String recipeId,
    LocalDate asOf,
    int horizonDays,
    boolean promoted,
    String reason,
    List<LocalDate> origins,
    List<LocalDate> trainingCutoffs,
    long examples,
    Map<String, String> parameters,
    String codeVersion,
    List<Importance> importances,
    BacktestFigures backtest) {

  /** Importance of a feature: a share from 0 to 1. */
  record Importance(String feature, double share) {}

  /**
   * Writes the page beside the model.
   *
   * @return its path below the store
   */
  static String write(
      ArtifactStore artifacts,
      TrainingSetup setup,
      BacktestResult backtest,
      TrendModel model,
      PromotionDecision promotion) {
    TrainingReport report =
        new TrainingReport(
            model.modelId(),
            setup.recipeId(),
            setup.plan().asOf(),
            model.horizonDays(),
            promotion.promoted(),
            promotion.reason(),
            setup.plan().origins(),
            model.provenance().trainingCutoffs(),
            model.provenance().examples(),
            model.provenance().parameters(),
            model.provenance().codeVersion(),
            importances(model),
            backtest.figures());
    return artifacts.write(model.modelId(), "report.html", report.html());
  }

  /**
   * Returns the page. The data are inserted last, so that no placeholder inside them is replaced.
   */
  String html() {
    return resource("report.html")
        .replace("/* chart.js */", resource("chart.umd.min.js"))
        .replace("{/* data */}", RecordJson.line(this).replace("<", "\\u003c"));
  }

  private static List<Importance> importances(TrendModel model) {
    double[] shares = model.importances();
    return IntStream.range(0, shares.length)
        .mapToObj(i -> new Importance(model.features().get(i).name(), shares[i]))
        .sorted(comparingDouble(Importance::share).reversed().thenComparing(Importance::feature))
        .toList();
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(TrainingReport.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
