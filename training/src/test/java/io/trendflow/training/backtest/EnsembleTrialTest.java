package io.trendflow.training.backtest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.features.FeatureSpec;
import io.trendflow.model.PredictionTarget;
import io.trendflow.testing.SharedSpark;
import io.trendflow.training.EnsemblePart;
import io.trendflow.training.ModelKind;
import io.trendflow.training.Recipe;
import io.trendflow.training.Shop;
import io.trendflow.training.TrainingData;
import io.trendflow.training.TrendUse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSpark.class)
class EnsembleTrialTest {
  private static final LocalDate AS_OF = LocalDate.parse("2024-06-30");
  private static final List<LocalDate> ORIGINS =
      Stream.iterate(AS_OF.minusDays(Shop.HORIZON), day -> day.minusWeeks(1))
          .limit(8)
          .sorted()
          .toList();
  private static final BacktestPlan PLAN = plan(ORIGINS);
  private static final BacktestPlan FEW = plan(ORIGINS.subList(6, 8));
  private static final Recipe BOTH = Shop.recipe(ModelKind.GBT, PredictionTarget.BOTH);
  private static final Recipe GROWTH = Shop.recipe(ModelKind.GBT, PredictionTarget.GROWTH);
  private static final int PRODUCTS = 60;

  private static BacktestResult kept;

  @BeforeAll
  static void run() {
    kept = trial(shop(), BOTH, PLAN, lines());
  }

  @AfterAll
  static void close() {
    kept.close();
  }

  /** Trees for the units do not see how much a product sells, which only the baseline tells. */
  @Test
  void treesForUnitsThatKnowNothingAreLeftOut() {
    List<String> progress = lines();
    try (BacktestResult result = trial(soldAsBefore(), BOTH, PLAN, progress)) {
      EnsembleVerdict verdict = verdict(result);
      assertThat(verdict.outcome())
          .as(verdict.reason())
          .isEqualTo(EnsembleVerdict.Outcome.LEFT_OUT);
      assertThat(verdict.reason())
          .startsWith("The model's ensemble lacks the trees for units, which make")
          .contains("less units: WAPE 0.", " ± 0.", "less growth: WAPE ");
      assertThat(result.recipe()).isEqualTo(GROWTH);
      assertThat(result.findings())
          .containsEntry("ensemble", "left_out")
          .containsEntry("ensemble_reason", verdict.reason())
          .containsEntry("trends", "configured");
      assertThat(progress)
          .filteredOn(line -> line.startsWith("ensemble less "))
          .as("a part that is alone is not tried")
          .hasSize(2);
      assertThat(recipes(result))
          .as("the backtests of both ensembles are stored")
          .containsExactlyInAnyOrder(result.recipeId(), BOTH.recipeId(result.features()));
      assertThat(result.figures().text()).contains(verdict.reason());
    }
  }

  /** Rows and calibration are those of a fit that never had the part. */
  @Test
  void anEnsembleLessAPartIsTheOneThatIsFittedWithoutIt() {
    try (BacktestResult whole = backtest(shop(), BOTH);
        BacktestResult less = whole.backtest().result(GROWTH);
        BacktestResult fitted = backtest(shop(), GROWTH)) {
      assertThat(predictions(less)).isEqualTo(predictions(fitted));
      assertThat(predictions(less)).isNotEqualTo(predictions(whole));
      assertThat(less.calibration()).usingRecursiveComparison().isEqualTo(fitted.calibration());
    }
  }

  @Test
  void partsThatBothHelpStay() {
    EnsembleVerdict verdict = verdict(kept);
    assertThat(verdict.outcome()).as(verdict.reason()).isEqualTo(EnsembleVerdict.Outcome.KEPT);
    assertThat(verdict.effects())
        .extracting(PartEffect::part)
        .containsExactly(EnsemblePart.UNITS, EnsemblePart.GROWTH);
    assertThat(kept.recipe()).isEqualTo(BOTH);
    assertThat(recipes(kept)).hasSize(1);
  }

  /** Growth and the mean start from the baseline, which means nothing here. */
  @Test
  void treesThatStartFromAUselessBaselineAreLeftOutOneAfterTheOther() {
    Shop shop = shop();
    Random random = new Random(7);
    shop.replace("baseline_units", () -> Math.expm1(4 * random.nextDouble()));
    Recipe recipe = Shop.recipe(ModelKind.XGBOOST, PredictionTarget.BOTH);
    try (BacktestResult result = trial(shop, recipe, PLAN, lines())) {
      EnsembleVerdict verdict = verdict(result);
      assertThat(verdict.reason()).contains("lacks the trees for growth and mean, which");
      assertThat(result.recipe().target()).isEqualTo(PredictionTarget.UNITS);
      assertThat(result.recipe().meanTrees()).isFalse();
      assertThat(verdict.effects())
          .extracting(PartEffect::part)
          .containsExactly(EnsemblePart.UNITS, EnsemblePart.GROWTH, EnsemblePart.MEAN);
    }
  }

  @Test
  void fewOriginsDoNotDecide() {
    List<String> progress = lines();
    try (BacktestResult result = trial(soldAsBefore(), BOTH, FEW, progress)) {
      EnsembleVerdict verdict = verdict(result);
      assertThat(verdict.outcome()).isEqualTo(EnsembleVerdict.Outcome.UNTRIED);
      assertThat(verdict.reason()).contains("judges 2 origins", "at least 8");
      assertThat(result.recipe()).isEqualTo(BOTH);
      assertThat(progress).noneMatch(line -> line.startsWith("ensemble"));
    }
  }

  @Test
  void anEnsembleOfOnePartIsNotTried() {
    try (BacktestResult result = trial(shop(), GROWTH, FEW, lines())) {
      assertThat(result.ensemble()).isNull();
      assertThat(result.findings()).containsOnlyKeys("trends", "trends_reason");
    }
  }

  /** Labels that became known after the day of the training change nothing. */
  @Test
  void theVerdictFollowsFromTheLabelsKnownOnItsDay() {
    Shop after = shop().poisonedAfter(AS_OF);
    assertThat(after.labels).isNotEqualTo(shop().labels);
    try (BacktestResult same = trial(after, BOTH, PLAN, lines())) {
      assertThat(same.ensemble()).isEqualTo(kept.ensemble());
      assertThat(predictions(same)).isEqualTo(predictions(kept));
    }
  }

  /** Labels that became known after the first origin change no prediction made there. */
  @Test
  void anEnsembleLessAPartSeesNothingThatWasNotKnownAtAnOrigin() {
    LocalDate first = FEW.origins().get(0);
    try (BacktestResult one = backtest(shop(), BOTH).backtest().result(GROWTH);
        BacktestResult other =
            backtest(shop().poisonedAfter(first), BOTH).backtest().result(GROWTH)) {
      assertThat(predictions(one, first)).hasSize(PRODUCTS);
      assertThat(predictions(other, first)).isEqualTo(predictions(one, first));
      assertThat(predictions(other)).isNotEqualTo(predictions(one));
    }
  }

  private static BacktestPlan plan(List<LocalDate> origins) {
    return new BacktestPlan(origins, AS_OF, Shop.HORIZON, 10, 1, LocalDate.parse("2024-01-01"));
  }

  /** Returns a shop with cutoffs whose labels become known after the training, too. */
  private static Shop shop() {
    List<LocalDate> cutoffs = new ArrayList<>(PLAN.featureCutoffs(false));
    cutoffs.add(AS_OF.minusWeeks(3));
    cutoffs.add(AS_OF.minusWeeks(2));
    return new Shop(5).with("uk", PRODUCTS, cutoffs);
  }

  /** Returns a shop whose products sell as their baseline says, and whose level is unknown. */
  private static Shop soldAsBefore() {
    Shop shop = shop();
    Random random = new Random(3);
    for (int i = 0; i < shop.labels.size(); i++) {
      Shop.Label label = shop.labels.get(i);
      double baseline = shop.rows.get(i).getAs(5);
      double units = Math.rint(baseline * Math.exp(0.3 * random.nextGaussian()));
      shop.labels.set(i, label.with(units));
    }
    shop.replace("level", () -> null);
    return shop;
  }

  private static TrainingData data(Shop shop) {
    List<LocalDate> knownBy = new ArrayList<>(PLAN.labelCutoffs(false).keySet());
    knownBy.add(AS_OF.plusDays(Shop.HORIZON));
    return shop.data(SharedSpark.session(), knownBy);
  }

  private static BacktestResult backtest(Shop shop, Recipe recipe) {
    return RollingBacktest.run(
        data(shop), recipe, recipe.withAnyParts(), FEW, Shop.lineage(), "b1", line -> {});
  }

  private static BacktestResult trial(
      Shop shop, Recipe recipe, BacktestPlan plan, List<String> progress) {
    TrainingData data = data(shop);
    Set<FeatureSpec> trends = Set.of(data.features().get(1));
    return TrendTrial.run(
        data, recipe, plan, Shop.lineage(), "b1", Map.of(), trends, TrendUse.KEEP, progress::add);
  }

  private static List<String> lines() {
    return Collections.synchronizedList(new ArrayList<>());
  }

  private static EnsembleVerdict verdict(BacktestResult result) {
    return requireNonNull(result.ensemble());
  }

  private static List<String> recipes(BacktestResult result) {
    return result.rowsWithAblations().select("recipe_id").distinct().collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static List<Row> predictions(BacktestResult result, LocalDate origin) {
    return predictions(result).stream().filter(row -> row.get(0).equals(origin)).toList();
  }

  private static List<Row> predictions(BacktestResult result) {
    return result
        .rows()
        .orderBy("cutoff", "product_id")
        .select(
            "cutoff",
            "product_id",
            "raw_prediction",
            "expected_units",
            "lower_units",
            "units_q95",
            "chance")
        .collectAsList();
  }
}
