package io.trendflow.jobs.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;

/**
 * How a model is trained and tested.
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
    @JsonProperty(required = true) String kind,
    @JsonProperty(required = true) String target,
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
    KeyValidation.range("cutoffs", cutoffs, 1, 520);
    KeyValidation.that(
        origins.equals(origins.stream().sorted().distinct().toList()),
        "origins is " + origins + ", but must be ascending days without a repetition.");
    KeyValidation.oneOf("kind", kind, List.of("gbt", "xgboost"));
    KeyValidation.oneOf("target", target, List.of("units", "growth"));
    KeyValidation.range("trees", trees, 1, 2000);
    KeyValidation.range("depth", depth, 1, 12);
    KeyValidation.fraction("learning_rate", learningRate);
    KeyValidation.range("min_instances", minInstances, 1, 100_000);
    KeyValidation.fraction("subsample", subsample);
    KeyValidation.fraction("feature_fraction", featureFraction);
    KeyValidation.range("bins", bins, 2, 1024);
    KeyValidation.range("max_categories", maxCategories, 2, 10_000);
    KeyValidation.distinct("ablation", ablation);
  }
}
