package io.trendflow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.model.PredictionTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecipeTest {
  @Test
  void theIdChangesWithEverySettingAndFeature() {
    String id = recipe(0.1, List.of("new", "launch")).recipeId(Shop.FEATURES);
    assertThat(id).matches("[0-9a-f]{16}");
    assertThat(recipe(0.1, List.of("launch", "new")).recipeId(Shop.FEATURES)).isEqualTo(id);
    assertThat(recipe(0.2, List.of("new", "launch")).recipeId(Shop.FEATURES)).isNotEqualTo(id);
    assertThat(recipe(0.1, List.of("new")).recipeId(Shop.FEATURES)).isNotEqualTo(id);
    assertThat(recipe(0.1, List.of("new", "launch")).recipeId(Shop.FEATURES.subList(1, 4)))
        .isNotEqualTo(id);
  }

  @Test
  void aSettingOutOfRangeIsRefusedWithWhatIsAllowed() {
    assertThatThrownBy(() -> recipe(0, List.of("new")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("train.learning_rate is 0.0, but must be greater than 0 and at most 1.");
    assertThatThrownBy(() -> recipe(0.1, List.of())).hasMessageContaining("score.lifecycles");
  }

  @Test
  void aRecipeLosesOnePartAfterAnotherAndKeepsTreesOfATarget() {
    Recipe all = Shop.recipe(ModelKind.XGBOOST, PredictionTarget.BOTH);
    assertThat(all.withoutEachPart())
        .containsOnlyKeys(EnsemblePart.UNITS, EnsemblePart.GROWTH, EnsemblePart.MEAN)
        .containsEntry(EnsemblePart.UNITS, Shop.recipe(ModelKind.XGBOOST, PredictionTarget.GROWTH));
    assertThat(all.withAnyParts())
        .hasSize(6)
        .extracting(recipe -> recipe.recipeId(Shop.FEATURES))
        .doesNotHaveDuplicates();
    assertThat(Shop.recipe(ModelKind.GBT, PredictionTarget.BOTH).withoutEachPart())
        .as("MLlib has no trees of the mean")
        .containsOnlyKeys(EnsemblePart.UNITS, EnsemblePart.GROWTH);
    assertThat(Shop.recipe().withoutEachPart()).isEmpty();
  }

  private static Recipe recipe(double learningRate, List<String> lifecycles) {
    return new Recipe(
        ModelKind.GBT,
        PredictionTarget.UNITS,
        true,
        28,
        lifecycles,
        52,
        3,
        100,
        5,
        learningRate,
        20,
        0.7,
        1,
        128,
        60,
        1);
  }
}
