package io.trendflow.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.model.InputFeature;
import io.trendflow.schemas.FeatureFamily;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FamilySumTest {
  private static final ExplainedInput WEEK = input(FeatureFamily.RECENT_SALES, "units_7", 34.0, .2);
  private static final ExplainedInput MONTH =
      input(FeatureFamily.RECENT_SALES, "units_28", 80.0, .15);
  private static final ExplainedInput SEASON = input(FeatureFamily.HISTORY, "season_day", 7.0, -.5);
  private static final ExplainedInput ABSENT = input(FeatureFamily.MISSING, "price", null, .9);

  @Test
  void theLargestFamilyComesFirstAndTheMainReasonHasTheSignOfTheUplift() {
    List<FamilySum> families = FamilySum.of(List.of(WEEK, SEASON, MONTH, ABSENT), .05);
    assertThat(families)
        .extracting(FamilySum::family)
        .containsExactly(
            FeatureFamily.MISSING,
            FeatureFamily.HISTORY,
            FeatureFamily.RECENT_SALES,
            FeatureFamily.USUAL_LEVEL);
    assertThat(FamilySum.reasons(families, .8)).containsExactly(WEEK, SEASON);
    assertThat(FamilySum.reasons(families, -.1)).containsExactly(SEASON, WEEK);
  }

  @Test
  void evidenceIsOnTheSideOfItsFamily() {
    ExplainedInput quiet = input(FeatureFamily.RECENT_SALES, "orders_7", 0.0, -.3);
    List<FamilySum> families = FamilySum.of(List.of(quiet, WEEK, MONTH), 0);
    assertThat(FamilySum.reasons(families, 1)).containsExactly(WEEK);
  }

  @Test
  void missingInputsTheUsualLevelAndSmallEffectsAreNoReasons() {
    ExplainedInput small = input(FeatureFamily.PRICE, "price", 9.0, .009);
    assertThat(FamilySum.reasons(FamilySum.of(List.of(ABSENT, small), .4), 1.3)).isEmpty();
    assertThat(FamilySum.reasons(FamilySum.of(List.of(WEEK), -.4), -.2))
        .as("nothing lowers it")
        .isEmpty();
  }

  @Test
  void aSmallChangeHasNoLargeEffect() {
    assertThat(price(9.9, Math.log(1.26)).credible()).isFalse();
    assertThat(price(9.9, Math.log(1.24)).credible()).isTrue();
    assertThat(price(10, Math.log(2)).credible()).isTrue();
    assertThat(price(-9.9, Math.log(.74)).credible()).isFalse();
    assertThat(input(FeatureFamily.PRODUCT, "days_to_launch", 3.0, 2).credible()).isTrue();
    ExplainedInput sine = input("season_sin", FeatureFamily.HISTORY, "sine", .5, .3);
    assertThat(sine.credible()).as("a unit that nobody uses").isFalse();
    List<FamilySum> families = FamilySum.of(List.of(price(4, .4), WEEK), 0);
    assertThat(FamilySum.reasons(families, .6)).containsExactly(WEEK);
  }

  @Test
  void aTrendDoesNotLowerSalesByRising() {
    assertThat(trend(40, -.1).credible()).isFalse();
    assertThat(trend(-40, .1).credible()).isFalse();
    assertThat(trend(-40, -.1).credible()).isTrue();
    assertThat(price(-40, .1).credible()).isTrue();
  }

  @Test
  void aFaintTrendIsNoEvidence() {
    assertThat(trend(19, .1).credible()).isFalse();
    assertThat(trend(-19, -.1).credible()).isFalse();
    assertThat(trend(20, .1).credible()).isTrue();
    assertThat(price(-19, .1).credible()).isTrue();
  }

  private static ExplainedInput price(double percent, double contribution) {
    return input("price_28_vs_84", FeatureFamily.PRICE, "log ratio", percent, contribution);
  }

  private static ExplainedInput trend(double percent, double contribution) {
    return input("trend_slope_4", FeatureFamily.SEARCHES, "log ratio", percent, contribution);
  }

  private static ExplainedInput input(
      FeatureFamily family, String name, @Nullable Double value, double contribution) {
    return input(name, family, "days", value, contribution);
  }

  private static ExplainedInput input(
      String name, FeatureFamily family, String unit, @Nullable Double value, double contribution) {
    InputFeature feature = InputFeature.numeric(name, family, unit);
    return new ExplainedInput(feature, family, value, null, null, null, contribution);
  }
}
