package io.trendflow.jobs.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trendflow.model.PredictionTarget;
import io.trendflow.training.ModelKind;
import io.trendflow.training.Recipe;
import java.time.LocalDate;
import java.util.List;

/**
 * Settings of training and backtest. {@link Recipe} holds the ranges of those that a fit depends
 * on.
 *
 * @param cutoffs weekly cutoffs that give training examples
 * @param origins cutoffs of the backtest, ascending; empty: chosen from the data
 * @param kind the learner
 * @param target what the trees predict: units, or their growth against the baseline
 * @param minInstances examples in a leaf, at least
 * @param subsample part of the examples that a tree sees
 * @param featureFraction part of the features that a split chooses among
 * @param bins bins into which a number is cut; splits are chosen among their bounds
 * @param maxCategories values kept of a categorical feature
 * @param leaveOut features that the model doesn't see, by name; {@code *} stands for any letters
 * @param ablation groups of features, named so: the backtest runs again without each of them
 */
public record TrainConfig(
    int cutoffs,
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
    @JsonProperty(required = true) List<String> ablation,
    long seed) {

  public TrainConfig {
    origins = List.copyOf(origins);
    leaveOut = List.copyOf(leaveOut);
    ablation = List.copyOf(ablation);
    KeyValidation.that(
        origins.equals(origins.stream().sorted().distinct().toList()),
        "origins is " + origins + ", but must be ascending days without a repetition.");
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
        horizonDays,
        lifecycles,
        cutoffs,
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
