package io.trendflow.jobs.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trendflow.model.PredictionTarget;
import io.trendflow.training.ModelKind;
import io.trendflow.training.Recipe;
import io.trendflow.training.TrendUse;
import java.time.LocalDate;
import java.util.List;

/**
 * Settings of the training and its backtest. {@link Recipe} defines the ranges of the settings that
 * a fit depends on.
 *
 * @param cutoffs number of weeks whose cutoffs provide training examples
 * @param cutoffWeeks weeks between two of these cutoffs
 * @param origins cutoffs of the backtest, ascending; chosen from the data if empty
 * @param kind the learner
 * @param target what the trees predict: units, or their growth against the baseline
 * @param minInstances minimum number of examples in a leaf
 * @param subsample share of the examples that each tree is fitted on
 * @param featureFraction share of the features considered at each split
 * @param bins number of bins into which a numeric feature is cut; splits are chosen among their
 *     bounds
 * @param maxCategories number of values kept of a categorical feature
 * @param leaveOut names of features that the model does not use; {@code *} matches any letters
 * @param trends whether the model uses the features of trends: auto lets a trial decide
 * @param ablation groups of features, in the same syntax: the backtest is repeated without each of
 *     them
 * @param whatIf whether the backtest decides if the model answers what-ifs about prices and
 *     promotions, which repeats it without these features
 */
public record TrainConfig(
    int cutoffs,
    int cutoffWeeks,
    @JsonProperty(required = true) List<LocalDate> origins,
    @JsonProperty(required = true) ModelKind kind,
    @JsonProperty(required = true) PredictionTarget target,
    int trees,
    int depth,
    double learningRate,
    int minInstances,
    double subsample,
    double featureFraction,
    int bins,
    int maxCategories,
    @JsonProperty(required = true) List<String> leaveOut,
    @JsonProperty(required = true) TrendUse trends,
    @JsonProperty(required = true) List<String> ablation,
    boolean whatIf,
    long seed) {

  public TrainConfig {
    origins = List.copyOf(origins);
    leaveOut = List.copyOf(leaveOut);
    ablation = List.copyOf(ablation);
    KeyValidation.that(
        origins.equals(origins.stream().sorted().distinct().toList()),
        "origins is " + origins + ", but must be ascending days without duplicates.");
    KeyValidation.distinct("ablation", ablation);
  }

  /**
   * Returns the recipe of these settings.
   *
   * @throws IllegalArgumentException if a setting is out of the range that {@link Recipe} allows
   */
  Recipe recipe(int horizonDays, List<String> lifecycles) {
    return new Recipe(
        kind,
        target,
        true, // only the backtest leaves out trees of the mean
        horizonDays,
        lifecycles,
        cutoffs,
        cutoffWeeks,
        trees,
        depth,
        learningRate,
        minInstances,
        subsample,
        featureFraction,
        bins,
        maxCategories,
        seed);
  }
}
