package io.trendflow.training;

import io.trendflow.features.CachedRows;
import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.InputFeature;
import io.trendflow.model.InputReference;
import io.trendflow.model.MeanCurves;
import io.trendflow.model.MetricValue;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.Provenance;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.Sha256;
import io.trendflow.scoring.InputSample;
import io.trendflow.scoring.Scorer;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Fits a recipe on the data known at the end of a day. */
public final class Trainer {
  private static final int MIN_EXAMPLES = 100;
  private static final long RECENT_EXAMPLES = 40_000;

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
    return fit(
            data, recipe, Set.of(recipe), asOf, calibration, metrics, lineage, Trainer::reference)
        .of(recipe);
  }

  /**
   * Fits a recipe as {@link #train} does, for a backtest: uncalibrated and without the
   * distributions of inputs.
   *
   * @param wanted recipes whose models are returned: the recipe, and those that lack some of its
   *     parts, for which nothing else is fitted
   */
  static FittedModels fold(
      TrainingData data,
      Recipe recipe,
      Set<Recipe> wanted,
      LocalDate asOf,
      TrainingLineage lineage) {
    return fit(
        data,
        recipe,
        wanted,
        asOf,
        PredictionCalibration.unknown(),
        List.of(),
        lineage,
        (examples, model) -> null);
  }

  private static FittedModels fit(
      TrainingData data,
      Recipe recipe,
      Set<Recipe> wanted,
      LocalDate asOf,
      PredictionCalibration calibration,
      List<MetricValue> metrics,
      TrainingLineage lineage,
      BiFunction<Dataset<Row>, TrendModel, @Nullable InputReference> reference) {
    Dataset<Row> examples = CachedRows.of(TrainingExamples.knownAt(data, recipe, asOf));
    try {
      Map<LocalDate, Long> counts = countByCutoff(examples);
      long count = counts.values().stream().mapToLong(Long::longValue).sum();
      requireEnough(count, asOf);
      List<InputFeature> inputs =
          CategoryFit.fit(examples, data.features(), recipe.maxCategories());
      FittedParts fitted = recipe.kind().fit(examples, count, inputs, recipe);
      Map<PredictionTarget, MeanCurves> means = new EnumMap<>(PredictionTarget.class);
      Map<Recipe, TrendModel> models = new HashMap<>();
      for (Recipe one : wanted) {
        String recipeId = one.recipeId(data.features());
        FittedEnsemble ensemble = fitted.of(one.target());
        TrendModel model =
            new TrendModel(
                TrendModel.FORMAT_VERSION,
                modelId(recipeId, asOf, lineage),
                one.horizonDays(),
                one.target(),
                inputs,
                FeatureEncoder.MISSING,
                ensemble.baseValue(),
                ensemble.trees(),
                MeanCurves.uncorrected(),
                one.meanTrees() ? fitted.mean() : null,
                calibration,
                new Provenance(
                    lineage.codeVersion(),
                    recipeId,
                    lineage.parameters(one),
                    asOf,
                    List.copyOf(counts.keySet()),
                    count,
                    lineage.ingestIds(),
                    one.seed(),
                    metrics,
                    lineage.startedAt()),
                null);
        // The curves follow from the raw predictions, which trees of the mean do not change.
        MeanCurves curves = means.computeIfAbsent(one.target(), target -> means(examples, model));
        models.put(one, model.withMeans(curves).withReference(reference.apply(examples, model)));
      }
      return new FittedModels(models);
    } finally {
      CachedRows.release(examples);
    }
  }

  /**
   * Returns the mean curves of the latest examples, because the spread around a median changes with
   * the season. That the model was trained on these examples does no harm (see ADR 14).
   */
  private static MeanCurves means(Dataset<Row> examples, TrendModel model) {
    Dataset<Row> latest = ResidualRows.latest(examples, RECENT_EXAMPLES);
    return MeanCurves.of(ResidualRows.collect(Scorer.predict(latest, model)));
  }

  private static InputReference reference(Dataset<Row> examples, TrendModel model) {
    InputSample sample = InputSample.of(examples, model.features(), model.missing());
    return InputReference.of(model.features(), model.missing(), sample.cutoffs(), sample.rows());
  }

  /** Returns whether there are enough examples for a fit at the end of {@code asOf}. */
  public static boolean canTrain(TrainingData data, Recipe recipe, LocalDate asOf) {
    return TrainingExamples.knownAt(data, recipe, asOf).limit(MIN_EXAMPLES).count() == MIN_EXAMPLES;
  }

  private static Map<LocalDate, Long> countByCutoff(Dataset<Row> examples) {
    Map<LocalDate, Long> counts = new TreeMap<>();
    examples
        .groupBy("cutoff")
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getAs(0), row.getLong(1)));
    return counts;
  }

  private static void requireEnough(long examples, LocalDate asOf) {
    if (examples < MIN_EXAMPLES) {
      throw new ShortHistoryException(
          "only %d examples have a label known at %s, but a fit needs at least %d: choose a later date or ingest more history"
              .formatted(examples, asOf, MIN_EXAMPLES));
    }
  }
}
