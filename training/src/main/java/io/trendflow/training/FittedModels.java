package io.trendflow.training;

import static java.util.Objects.requireNonNull;

import io.trendflow.model.TrendModel;
import java.util.Map;

/**
 * Models of one fit: that of its recipe, and those of recipes that lack some of its parts.
 *
 * @param byRecipe models by recipe
 */
public record FittedModels(Map<Recipe, TrendModel> byRecipe) {
  public FittedModels {
    byRecipe = Map.copyOf(byRecipe);
  }

  /** Returns the model of a recipe, which must be one of those that the fit was asked for. */
  public TrendModel of(Recipe recipe) {
    return requireNonNull(byRecipe.get(recipe), recipe::toString);
  }
}
