package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trendflow.features.FeatureSpec;
import io.trendflow.schemas.FeatureFamily;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExcludedFeaturesTest {
  private static final List<FeatureSpec> FEATURES =
      Stream.of("price", "price_28_vs_84", "trend_level", "trend_slope_4")
          .map(
              name ->
                  new FeatureSpec(
                      name, FeatureSpec.Kind.NUMERIC, FeatureFamily.HISTORY, "unit", "Text."))
          .toList();

  @Test
  void namesAndPatternsAreLeftOut() {
    assertThat(left("price", "trend_*")).containsExactly("price_28_vs_84");
    assertThat(left("*_4")).containsExactly("price", "price_28_vs_84", "trend_level");
    assertThat(left()).hasSize(4);
  }

  @Test
  void aNameThatNoFeatureHasIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> left("trend_levle"))
        .withMessage(
            "train.leave_out contains trend_levle, which matches no feature: did you mean trend_level?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> left("*"))
        .withMessage("train.leave_out excludes every feature: keep at least one.");
  }

  private static List<String> left(String... patterns) {
    return ExcludedFeatures.remove("train.leave_out", FEATURES, List.of(patterns)).stream()
        .map(FeatureSpec::name)
        .toList();
  }
}
