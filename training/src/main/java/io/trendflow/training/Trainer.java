package io.trendflow.training;

import static java.util.Objects.requireNonNull;

import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.MetricValue;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.Provenance;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.Sha256;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** Fits a recipe on the data known at the end of a day. */
public final class Trainer {
  private Trainer() {}

  /** Returns the id of the model of {@link #train}: a hash of recipe, data, settings and cutoff. */
  public static String modelId(String recipeId, LocalDate asOf, TrainingLineage lineage) {
    return Sha256.shortId(
        List.of(recipeId, asOf.toString(), lineage.ingestIds().toString(), lineage.settingsId()));
  }

  /**
   * Fits the recipe on the examples known at the end of {@code asOf}.
   *
   * @param calibration calibration by out-of-sample predictions of the same recipe, known at the
   *     end of {@code asOf}
   * @param metrics metrics of the recipe's backtest, stored in the model's provenance
   * @throws IllegalArgumentException if there are fewer than 100 examples
   */
  public static TrendModel train(
      TrainingData data,
      Recipe recipe,
      LocalDate asOf,
      PredictionCalibration calibration,
      List<MetricValue> metrics,
      TrainingLineage lineage) {
    FittedExamples fitted =
        new OriginFits(data, recipe, List.of(asOf), Set.of(recipe.target()), true).at(asOf);
    return model(fitted, data, recipe, asOf, calibration, metrics, lineage);
  }

  /**
   * Returns the model of a fit.
   *
   * @param fitted fit of the recipe, or of one that has all its parts
   */
  static TrendModel model(
      FittedExamples fitted,
      TrainingData data,
      Recipe recipe,
      LocalDate asOf,
      PredictionCalibration calibration,
      List<MetricValue> metrics,
      TrainingLineage lineage) {
    String recipeId = recipe.recipeId(data.features());
    FittedEnsemble ensemble = fitted.parts().of(recipe.target());
    return new TrendModel(
        TrendModel.FORMAT_VERSION,
        modelId(recipeId, asOf, lineage),
        recipe.horizonDays(),
        recipe.target(),
        fitted.inputs(),
        FeatureEncoder.MISSING,
        ensemble.baseValue(),
        ensemble.trees(),
        requireNonNull(fitted.means().get(recipe.target())),
        recipe.meanTrees() ? fitted.parts().mean() : null,
        calibration,
        new Provenance(
            lineage.codeVersion(),
            recipeId,
            lineage.parameters(recipe),
            asOf,
            List.copyOf(fitted.examples().keySet()),
            FittedExamples.count(fitted.examples()),
            lineage.ingestIds(),
            recipe.seed(),
            metrics,
            lineage.startedAt()),
        fitted.reference());
  }
}
