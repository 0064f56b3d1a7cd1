package io.trendflow.training.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.model.MetricValue;
import io.trendflow.testing.SharedSpark;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSpark.class)
class ChampionChallengeTest {
  private static final LocalDate DAY = LocalDate.parse("2024-03-01");
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "cutoff DATE, market STRING, product_id STRING, actual_units DOUBLE, baseline_units DOUBLE, expected_units DOUBLE, median_units DOUBLE, lower_units DOUBLE, upper_units DOUBLE, price DOUBLE");

  private SparkSession spark;

  @BeforeEach
  void open(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void aRecipeThatErrsLessTakesOver() {
    PromotionDecision promotion =
        ChampionChallenge.ofRecipe(predictions(DAY, 0.2, 1), predictions(DAY, 0.5, 2));
    assertThat(promotion.promoted()).as(promotion.reason()).isTrue();
    assertThat(promotion.reason())
        .startsWith("The model beats the champion's recipe significantly: WAPE 0.1")
        .contains(" ± 0.0", "Spearman ", "qini ", "value ");
  }

  @Test
  void aRecipeThatIsAsGoodOrWorseDoesNot() {
    PromotionDecision asGood =
        ChampionChallenge.ofRecipe(predictions(DAY, 0.3, 1), predictions(DAY, 0.3, 2));
    assertThat(asGood.promoted()).as(asGood.reason()).isFalse();
    PromotionDecision worse =
        ChampionChallenge.ofRecipe(predictions(DAY, 0.5, 1), predictions(DAY, 0.2, 2));
    assertThat(worse.promoted()).isFalse();
    assertThat(worse.reason()).contains("WAPE 0.", "(difference +0.");
  }

  @Test
  void theSameComparisonGivesTheSameAnswer() {
    Dataset<Row> challenger = predictions(DAY, 0.3, 1);
    Dataset<Row> champion = predictions(DAY, 0.32, 2);
    assertThat(ChampionChallenge.ofRecipe(challenger.repartition(3), champion))
        .isEqualTo(ChampionChallenge.ofRecipe(challenger, champion.repartition(5)));
  }

  @Test
  void recipesThatWereTestedAtOtherDaysAreNotCompared() {
    PromotionDecision promotion =
        ChampionChallenge.ofRecipe(predictions(DAY, 0.2, 1), predictions(DAY.plusDays(1), 0.5, 2));
    assertThat(promotion.promoted()).isFalse();
    assertThat(promotion.reason()).contains("set train.origins to days of its backtest");
  }

  @Test
  void aRefitMayBeTwoPercentWorse() {
    assertThat(ChampionChallenge.ofRefit(report(0.509, 0.8), metrics(0.5, 0.8)).promoted())
        .isTrue();
    assertThat(ChampionChallenge.ofRefit(report(0.52, 0.8), metrics(0.5, 0.8)).promoted())
        .isFalse();
    assertThat(ChampionChallenge.ofRefit(report(0.4, 0.78), metrics(0.5, 0.8)).promoted())
        .isFalse();
    assertThat(ChampionChallenge.ofRefit(report(0.4, 0.79), metrics(0.5, 0.8)))
        .isEqualTo(
            new PromotionDecision(
                true,
                "The model is a refit of the champion's recipe and not measurably worse: WAPE 0.400 against 0.500, Spearman 0.790 against 0.800."));
  }

  /** Returns predictions of 200 products with errors by a factor of about {@code exp(error)}. */
  private Dataset<Row> predictions(LocalDate cutoff, double error, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      double actual = 1 + i;
      double predicted = actual * Math.exp(error * random.nextGaussian());
      rows.add(
          RowFactory.create(
              cutoff, "uk", "p" + i, actual, 50.0, predicted, predicted, null, null, 2.0));
    }
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static BacktestReport report(double wape, double spearman) {
    return new BacktestReport(
        List.of(
            new GroupMetric(DAY, "uk", 200, PredictionMethod.MODEL, Metric.WAPE, wape),
            new GroupMetric(DAY, "uk", 200, PredictionMethod.MODEL, Metric.SPEARMAN, spearman)));
  }

  private static List<MetricValue> metrics(double wape, double spearman) {
    return List.of(
        new MetricValue("model", "wape", wape, null),
        new MetricValue("model", "spearman", spearman, null));
  }
}
