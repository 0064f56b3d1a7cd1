package io.trendflow.training.backtest;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.features.FeatureSpec;
import io.trendflow.history.PlannedInput;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.whatif.SeenPlans;
import io.trendflow.model.whatif.WhatIfVerdict;
import io.trendflow.schemas.FeatureFamily;
import io.trendflow.testing.SharedSpark;
import io.trendflow.training.ModelKind;
import io.trendflow.training.Recipe;
import io.trendflow.training.Shop;
import io.trendflow.training.TrainingData;
import io.trendflow.training.TrendUse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSpark.class)
class PlanTrialTest {
  private static final LocalDate AS_OF = LocalDate.parse("2024-06-30");
  private static final List<LocalDate> ORIGINS =
      Stream.iterate(AS_OF.minusDays(Shop.HORIZON), day -> day.minusWeeks(1))
          .limit(8)
          .sorted()
          .toList();
  private static final BacktestPlan PLAN = plan(ORIGINS);
  private static final Recipe RECIPE = Shop.recipe(ModelKind.GBT, PredictionTarget.GROWTH);
  private static final int PRODUCTS = 40;
  private static final int NOISE = 14;
  private static final double PROMOTED = 0.9;

  /**
   * Promotions of up to 25 days, which the shop's noise draws, sell seven times as much on their
   * days.
   */
  @Test
  void plansThatMoveSalesAreAnswered() {
    Shop shop = shop();
    for (int i = 0; i < shop.labels.size(); i++) {
      double noise = shop.rows.get(i).getDouble(NOISE);
      Shop.Label label = shop.labels.get(i);
      double days = noise < PROMOTED ? Math.rint(noise * Shop.HORIZON) : 0;
      shop.labels.set(i, label.with(label.units() * (1 + days / Shop.HORIZON * 6)));
    }
    WhatIfVerdict verdict = verdict(planned(shop, days()), PLAN);
    assertThat(verdict.outcome()).as(verdict.reason()).isEqualTo(WhatIfVerdict.Outcome.ANSWERED);
    assertThat(verdict.reason())
        .startsWith("40 of 40 products have at least 5 levels of the planned price, and")
        .contains("WAPE 0.", "without them");
    SeenPlans seen = requireNonNull(verdict.seen());
    assertThat(seen.pricesVary()).as("only promotions change the price").isFalse();
    assertThat(seen.promotedDays()).isEqualTo(25);
    assertThat(seen.promotionDepth()).isEqualTo(25.0 / Shop.HORIZON * 0.2);
    assertThat(seen.price()).isEqualTo(new SeenPlans.PriceRange(0, 0));
    SeenPlans.PriceRange promoted = requireNonNull(seen.promotedPrice());
    assertThat(promoted.has(Math.log(1 - 0.05))).isTrue();
    assertThat(promoted.has(Math.log(1 - 0.3))).isFalse();
    assertThat(WhatIfVerdict.of(verdict.parameters())).isEqualTo(verdict);
  }

  @Test
  void plansThatMoveNothingAreRefused() {
    WhatIfVerdict verdict = verdict(planned(shop(), days()), PLAN);
    assertThat(verdict.outcome()).isEqualTo(WhatIfVerdict.Outcome.REFUSED);
    assertThat(verdict.reason())
        .startsWith("Planned prices and promotions do not improve the forecasts measurably: WAPE");
    assertThat(verdict.seen()).isNull();
  }

  @Test
  void nothingIsFittedIfTheExamplesOrTheOriginsAreTooFew() {
    TrainingData four = planned(shop(), rint(col("noise").multiply(3)));
    assertThat(PlanTrial.of(four, RECIPE, PLAN).ablations()).as("four levels").isEmpty();
    assertThat(
            PlanTrial.of(planned(shop(), days()), RECIPE, plan(ORIGINS.subList(0, 7))).ablations())
        .as("seven origins")
        .isEmpty();
    TrainingData unplanned = data(shop());
    assertThat(PlanTrial.of(unplanned, RECIPE, PLAN).ablations()).as("no calendar").isEmpty();
    try (BacktestResult any =
        RollingBacktest.run(
            unplanned,
            RECIPE,
            Set.of(RECIPE),
            plan(ORIGINS.subList(7, 8)),
            Shop.lineage(),
            "b1",
            line -> {})) {
      assertThat(PlanTrial.of(four, RECIPE, PLAN).verdict(any).reason())
          .contains("vary too little: 0 of 40 products have at least 5 levels", "needs 30");
      assertThat(PlanTrial.of(unplanned, RECIPE, PLAN).verdict(any).reason())
          .contains("ingest a source of kind calendar");
      assertThat(PlanTrial.of(planned(shop(), days()), RECIPE, PLAN).verdict(any).reason())
          .isEqualTo(
              "The trial of planned prices and promotions needs a backtest of at least 8 judged origins, but this one has 1.");
    }
  }

  private static WhatIfVerdict verdict(TrainingData data, BacktestPlan plan) {
    PlanTrial trial = PlanTrial.of(data, RECIPE, plan);
    Map<String, List<FeatureSpec>> ablations = trial.ablations();
    assertThat(ablations.values())
        .singleElement()
        .satisfies(
            left ->
                assertThat(left)
                    .extracting(FeatureSpec::name)
                    .containsExactly("level", "trend", "kind_of_product", "price"));
    try (BacktestResult result =
        TrendTrial.run(
            data,
            RECIPE,
            plan,
            Shop.lineage(),
            "b1",
            ablations,
            Set.of(),
            TrendUse.KEEP,
            line -> {})) {
      WhatIfVerdict verdict = trial.verdict(result);
      result.setWhatIfs(verdict);
      assertThat(result.findings()).containsEntry("what_if_reason", verdict.reason());
      return verdict;
    }
  }

  private static BacktestPlan plan(List<LocalDate> origins) {
    return new BacktestPlan(origins, AS_OF, Shop.HORIZON, 10, 1, LocalDate.parse("2024-01-01"));
  }

  private static Shop shop() {
    return new Shop(5).with("uk", PRODUCTS, PLAN.featureCutoffs(false));
  }

  private static TrainingData data(Shop shop) {
    return shop.data(SharedSpark.session(), PLAN.labelCutoffs(false).keySet());
  }

  private static Column days() {
    return when(col("noise").lt(PROMOTED), rint(col("noise").multiply(Shop.HORIZON)))
        .otherwise(0.0);
  }

  /** Returns the shop's data with promotions of 20 % off on some days of each horizon. */
  private static TrainingData planned(Shop shop, Column days) {
    TrainingData data = data(shop);
    Column depth = days.divide(Shop.HORIZON).multiply(0.2);
    Stream<FeatureSpec> inputs =
        Stream.concat(
                Stream.of("price"), Stream.of(PlannedInput.values()).map(PlannedInput::feature))
            .map(
                name ->
                    new FeatureSpec(
                        name, FeatureSpec.Kind.NUMERIC, FeatureFamily.PRICE, "", "Planned."));
    return new TrainingData(
        data.featureRows()
            .withColumn(PlannedInput.PROMOTED_DAYS.feature(), days)
            .withColumn(PlannedInput.PROMOTION_DEPTH.feature(), depth)
            .withColumn(PlannedInput.PRICE_CHANGE.feature(), log(lit(1).minus(depth))),
        data.labels(),
        Stream.concat(data.features().stream().filter(f -> !f.name().equals("noise")), inputs)
            .toList());
  }
}
