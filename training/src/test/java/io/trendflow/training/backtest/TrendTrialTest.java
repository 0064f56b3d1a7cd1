package io.trendflow.training.backtest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.features.FeatureSpec;
import io.trendflow.testing.SharedSpark;
import io.trendflow.training.Shop;
import io.trendflow.training.TrainingData;
import io.trendflow.training.TrendUse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Trials in a shop whose units depend on {@code trend} and not on {@code noise}. */
@ExtendWith(SharedSpark.class)
class TrendTrialTest {
  private static final LocalDate AS_OF = LocalDate.parse("2024-06-30");
  private static final List<LocalDate> ORIGINS =
      List.of(AS_OF.minusDays(2 * Shop.HORIZON), AS_OF.minusDays(Shop.HORIZON));
  private static final BacktestPlan PLAN =
      new BacktestPlan(ORIGINS, AS_OF, Shop.HORIZON, 10, 1, LocalDate.parse("2024-01-01"));
  private static final List<String> PROGRESS = lines();
  private static final Shop SHOP =
      new Shop(5)
          .with("uk", 120, PLAN.featureCutoffs(false))
          .with("fr", 20, PLAN.featureCutoffs(false));

  private static BacktestResult kept;

  @BeforeAll
  static void run() {
    kept = trial(data(SharedSpark.session(), SHOP), "trend", TrendUse.AUTO, PROGRESS);
  }

  @AfterAll
  static void close() {
    kept.close();
  }

  @Test
  void trendsThatSellProductsAreKeptAndTheTrialIsTold() {
    TrendVerdict verdict = verdict(kept);
    assertThat(verdict.outcome()).as(verdict.reason()).isEqualTo(TrendVerdict.Outcome.KEPT);
    assertThat(verdict.reason())
        .startsWith("The model uses search and social trends. Against no trends: WAPE 0.")
        .contains(" ± 0.", "Against shuffled trends: WAPE 0.");
    assertThat(verdict.parameters()).containsEntry("trends", "kept");
    assertThat(names(kept)).contains("trend");
    assertThat(verdict.added()).isNotNull();
    assertThat(verdict.overShuffled()).isNotNull();
    assertThat(PROGRESS)
        .anyMatch(line -> line.startsWith("with trends: fit "))
        .anyMatch(line -> line.startsWith("without trends: fit "))
        .anyMatch(line -> line.startsWith("with shuffled trends: fit "));
    assertThat(recipes(kept)).as("with and without, but not shuffled").hasSize(2);
    assertThat(kept.figures().text()).contains("less trends", verdict.reason());
  }

  @Test
  void trendsWithoutMeaningAreLeftOutAndNotShuffled(SparkSession spark) {
    List<String> progress = lines();
    try (BacktestResult result = trial(data(spark, SHOP), "noise", TrendUse.AUTO, progress)) {
      TrendVerdict verdict = verdict(result);
      assertThat(verdict.outcome()).as(verdict.reason()).isEqualTo(TrendVerdict.Outcome.LEFT_OUT);
      assertThat(verdict.reason()).contains("They do not improve the forecasts measurably: WAPE");
      assertThat(names(result)).doesNotContain("noise");
      assertThat(verdict.overShuffled()).isNull();
      assertThat(progress).noneMatch(line -> line.contains("shuffled"));
      assertThat(recipes(result)).hasSize(2).contains(result.recipeId());
    }
  }

  @Test
  void theConfigurationCanKeepThem(SparkSession spark) {
    List<String> progress = lines();
    try (BacktestResult result = trial(data(spark, SHOP), "trend", TrendUse.KEEP, progress)) {
      assertThat(verdict(result).outcome()).isEqualTo(TrendVerdict.Outcome.CONFIGURED);
      assertThat(names(result)).contains("trend");
      assertThat(progress).hasSize(3).allMatch(line -> line.startsWith("fit "));
      assertThat(recipes(result)).hasSize(1);
    }
  }

  @Test
  void trendsThatNoProductHasAreNotTried(SparkSession spark) {
    TrainingData known = data(spark, SHOP);
    Dataset<Row> none = known.featureRows().withColumn("trend", functions.lit(null).cast("double"));
    TrainingData data = new TrainingData(none, known.labels(), known.features());
    try (BacktestResult result = trial(data, "trend", TrendUse.AUTO, lines())) {
      assertThat(verdict(result).outcome()).isEqualTo(TrendVerdict.Outcome.ABSENT);
      assertThat(names(result)).doesNotContain("trend");
    }
  }

  /** Labels that became known after the first origin change no prediction made there. */
  @Test
  void noVariantSeesAnythingThatWasNotKnownAtAnOrigin(SparkSession spark) {
    LocalDate first = ORIGINS.get(0);
    TrainingData poisoned = data(spark, SHOP.poisonedAfter(first));
    try (BacktestResult other = trial(poisoned, "trend", TrendUse.AUTO, lines())) {
      assertThat(predictions(kept, first)).hasSize(2 * 140);
      assertThat(predictions(other, first)).isEqualTo(predictions(kept, first));
      assertThat(predictions(other, ORIGINS.get(1)))
          .isNotEqualTo(predictions(kept, ORIGINS.get(1)));
    }
  }

  @Test
  void theConfigurationCanDropThemAndAnAblationIsOfTheOthers(SparkSession spark) {
    TrainingData data = data(spark, SHOP);
    List<FeatureSpec> less =
        data.features().stream().filter(f -> !f.name().equals("level")).toList();
    List<FeatureSpec> lessTrend =
        data.features().stream().filter(f -> !f.name().equals("trend")).toList();
    try (BacktestResult result =
        TrendTrial.run(
            data,
            Shop.recipe(),
            PLAN,
            Shop.lineage(),
            "b1",
            Map.of("level", less, "trend", lessTrend),
            trends(data, "trend"),
            TrendUse.DROP,
            line -> {})) {
      assertThat(verdict(result).outcome()).isEqualTo(TrendVerdict.Outcome.CONFIGURED);
      assertThat(names(result)).doesNotContain("trend");
      assertThat(result.ablations()).as("trend is not among the chosen").containsOnlyKeys("level");
      assertThat(requireNonNull(result.ablations().get("level")).features())
          .extracting(FeatureSpec::name)
          .containsExactly("kind_of_product", "noise");
    }
  }

  @Test
  void shufflingPermutesTheColumnsWithinCutoffAndMarketAlwaysInTheSameWay(SparkSession spark) {
    Dataset<Row> rows = data(spark, SHOP).featureRows();
    Dataset<Row> shuffled = TrendTrial.shuffled(rows, Set.of("trend", "noise"));
    assertThat(shuffled.columns()).isEqualTo(rows.columns());
    assertThat(values(shuffled, "level")).isEqualTo(values(rows, "level"));
    assertThat(sorted(shuffled)).isEqualTo(sorted(rows));
    assertThat(values(shuffled, "trend")).isNotEqualTo(values(rows, "trend"));
    assertThat(values(TrendTrial.shuffled(rows.repartition(7), Set.of("trend", "noise")), "trend"))
        .isEqualTo(values(shuffled, "trend"));
  }

  private static List<Row> values(Dataset<Row> rows, String column) {
    return rows.orderBy("cutoff", "market", "product_id")
        .select("cutoff", "market", "product_id", column)
        .collectAsList();
  }

  /** Returns the pairs of both columns, which belong to one donor, in each cutoff and market. */
  private static List<Row> sorted(Dataset<Row> rows) {
    return rows.select("cutoff", "market", "trend", "noise")
        .orderBy("cutoff", "market", "noise")
        .collectAsList();
  }

  private static TrainingData data(SparkSession spark, Shop shop) {
    return shop.data(spark, PLAN.labelCutoffs(false).keySet());
  }

  private static Set<FeatureSpec> trends(TrainingData data, String name) {
    return data.features().stream()
        .filter(feature -> feature.name().equals(name))
        .collect(Collectors.toSet());
  }

  private static BacktestResult trial(
      TrainingData data, String trend, TrendUse use, List<String> progress) {
    return TrendTrial.run(
        data,
        Shop.recipe(),
        PLAN,
        Shop.lineage(),
        "b1",
        Map.of(),
        trends(data, trend),
        use,
        progress::add);
  }

  private static List<String> lines() {
    return Collections.synchronizedList(new ArrayList<>());
  }

  private static TrendVerdict verdict(BacktestResult result) {
    return requireNonNull(result.trends());
  }

  private static List<String> names(BacktestResult result) {
    return result.features().stream().map(FeatureSpec::name).toList();
  }

  private static List<String> recipes(BacktestResult result) {
    return result.rowsWithAblations().select("recipe_id").distinct().collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static List<Row> predictions(BacktestResult result, LocalDate origin) {
    return result
        .rowsWithAblations()
        .filter("cutoff = date'%s'".formatted(origin))
        .orderBy("recipe_id", "market", "product_id")
        .select("recipe_id", "product_id", "raw_prediction", "expected_units", "lower_units")
        .collectAsList();
  }
}
