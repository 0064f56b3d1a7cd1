package io.trendflow.training;

import io.trendflow.features.FeatureSpec;
import io.trendflow.model.PredictionTarget;
import io.trendflow.schemas.Sha256;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Recipe of a fit: everything that a fit depends on except the data and the features.
 *
 * @param kind learner that fits the trees
 * @param target target that the trees predict
 * @param meanTrees whether the mean has trees of its own; false for a kind that can't fit them
 * @param horizonDays length of the horizon, in days
 * @param lifecycles lifecycles that are trained on and scored
 * @param cutoffs number of weeks from which training cutoffs are taken
 * @param cutoffWeeks weeks between two training cutoffs: the horizons of cutoffs that are closer
 *     overlap more and add little but time
 * @param trees number of trees
 * @param depth largest number of splits between the root and a leaf
 * @param learningRate weight of every tree after the first
 * @param minInstances fewest examples of a leaf
 * @param subsample share of the examples that each tree is fitted on
 * @param featureFraction share of the features that each split chooses among
 * @param bins number of bins of a number, whose borders are the thresholds of splits; at least the
 *     number of categories of a feature
 * @param maxCategories largest number of categories of a feature that get their own index
 */
public record Recipe(
    ModelKind kind,
    PredictionTarget target,
    boolean meanTrees,
    int horizonDays,
    List<String> lifecycles,
    int cutoffs,
    int cutoffWeeks,
    int trees,
    int depth,
    double learningRate,
    int minInstances,
    double subsample,
    double featureFraction,
    int bins,
    int maxCategories,
    long seed)
    implements Serializable {

  /**
   * Version of the fit, part of the recipe's id: increase it if the code fits the same recipe
   * differently.
   */
  private static final int FIT_VERSION = 4;

  public Recipe {
    meanTrees = meanTrees && kind.fitsMean();
    lifecycles = lifecycles.stream().sorted().distinct().toList();
    require("horizon_days", horizonDays, 1, 366);
    require("train.cutoffs", cutoffs, 1, 520);
    require("train.cutoff_weeks", cutoffWeeks, 1, 52);
    require("train.trees", trees, 1, 2000);
    require("train.depth", depth, 1, 12);
    requireFraction("train.learning_rate", learningRate);
    require("train.min_instances", minInstances, 1, 1_000_000);
    requireFraction("train.subsample", subsample);
    requireFraction("train.feature_fraction", featureFraction);
    require("train.bins", bins, 2, 1024);
    require("train.max_categories", maxCategories, 1, 1000);
    if (lifecycles.isEmpty()) {
      throw new IllegalArgumentException("score.lifecycles is empty: list at least one lifecycle");
    }
  }

  /** Returns this recipe with another number of trees. */
  public Recipe withTrees(int number) {
    return with(target, meanTrees, number);
  }

  /**
   * Returns the recipes that lack one part of the ensemble, by this part. Trees of one target
   * always remain: the result is empty for a recipe that has no other trees.
   */
  public Map<EnsemblePart, Recipe> withoutEachPart() {
    Map<EnsemblePart, Recipe> without = new EnumMap<>(EnsemblePart.class);
    if (target == PredictionTarget.BOTH) {
      without.put(EnsemblePart.UNITS, with(PredictionTarget.GROWTH, meanTrees, trees));
      without.put(EnsemblePart.GROWTH, with(PredictionTarget.UNITS, meanTrees, trees));
    }
    if (meanTrees) {
      without.put(EnsemblePart.MEAN, with(target, false, trees));
    }
    return without;
  }

  /** Returns this recipe and every recipe that lacks some parts of its ensemble. */
  public Set<Recipe> withAnyParts() {
    Set<Recipe> all = new LinkedHashSet<>(Set.of(this));
    withoutEachPart().values().forEach(less -> all.addAll(less.withAnyParts()));
    return all;
  }

  private Recipe with(PredictionTarget fitted, boolean ofMean, int number) {
    return new Recipe(
        kind,
        fitted,
        ofMean,
        horizonDays,
        lifecycles,
        cutoffs,
        cutoffWeeks,
        number,
        depth,
        learningRate,
        minInstances,
        subsample,
        featureFraction,
        bins,
        maxCategories,
        seed);
  }

  /**
   * Returns the hash of the recipe and of the names and kinds of the features, 16 hexadecimal
   * digits.
   */
  public String recipeId(List<FeatureSpec> features) {
    List<String> inputs = features.stream().map(f -> f.name() + " " + f.kind()).toList();
    return Sha256.shortId(
        List.of("fit " + FIT_VERSION, parameters().toString(), inputs.toString()));
  }

  /** Returns the parameters by name, as stored in {@code prediction.models}. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("kind", kind.name());
    parameters.put("target", target.name());
    if (kind.fitsMean() && !meanTrees) {
      // Only if they are left out, so that recipes of earlier models keep their ids.
      parameters.put("mean_trees", "false");
    }
    parameters.put("horizon_days", Integer.toString(horizonDays));
    parameters.put("lifecycles", String.join(",", lifecycles));
    parameters.put("cutoffs", Integer.toString(cutoffs));
    parameters.put("cutoff_weeks", Integer.toString(cutoffWeeks));
    parameters.put("trees", Integer.toString(trees));
    parameters.put("depth", Integer.toString(depth));
    parameters.put("learning_rate", Double.toString(learningRate));
    parameters.put("min_instances", Integer.toString(minInstances));
    parameters.put("subsample", Double.toString(subsample));
    parameters.put("feature_fraction", Double.toString(featureFraction));
    parameters.put("bins", Integer.toString(bins));
    parameters.put("max_categories", Integer.toString(maxCategories));
    parameters.put("seed", Long.toString(seed));
    return parameters;
  }

  private static void require(String key, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, but must be from %d to %d.".formatted(key, value, least, most));
    }
  }

  private static void requireFraction(String key, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "%s is %s, but must be greater than 0 and at most 1.".formatted(key, value));
    }
  }
}
