package io.trendflow.training.measure;

import static io.trendflow.training.BacktestRow.MAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.model.MetricValue;
import io.trendflow.testing.SharedSpark;
import io.trendflow.training.BacktestRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The borders of the rules by which a challenger takes over. */
@ExtendWith(SharedSpark.class)
class ChampionRulesTest {
  @ParameterizedTest
  @CsvSource({
    "0.50, true",
    "0.5099, true", // 2 % of 0.5 is 0.01
    "0.5101, false",
    "0.10, true"
  })
  void aRefitsWapeMayBeTwoPercentWorse(double wape, boolean promoted) {
    assertThat(refit(wape, 0.8, 0.5, 0.8).promoted()).isEqualTo(promoted);
  }

  @ParameterizedTest
  @CsvSource({
    " 0.50,  0.50, true",
    " 0.4901, 0.50, true",
    " 0.4899, 0.50, false",
    " 0.90,  0.50, true",
    "-0.50, -0.50, true",
    "-0.509, -0.50, true", // 1.8 % of 0.5, below
    "-0.52, -0.50, false",
    " 0.00,  0.00, true",
    "-0.01,  0.00, false"
  })
  void aRefitsSpearmanMayBeTwoPercentWorse(double spearman, double champion, boolean promoted) {
    assertThat(refit(0.5, spearman, 0.5, champion).promoted()).isEqualTo(promoted);
  }

  @ParameterizedTest
  @CsvSource({"0.6, 0.9", "0.4, 0.7", "0.6, 0.7"})
  void aRefitThatIsWorseInEitherIsNotPromoted(double wape, double spearman) {
    PromotionDecision decision = refit(wape, spearman, 0.5, 0.8);
    assertThat(decision.promoted()).isFalse();
    assertThat(decision.reason())
        .startsWith("The model is a refit of the champion's recipe and measurably worse: ");
  }

  @Test
  void aMetricThatEitherLacksDecidesNothing() {
    assertThat(ChampionChallenge.ofRefit(report(0.5, null), metrics(0.5, 0.8)).promoted()).isTrue();
    assertThat(ChampionChallenge.ofRefit(report(0.5, 0.1), metrics(0.5, null)).promoted()).isTrue();
    assertThat(ChampionChallenge.ofRefit(report(0.9, 0.8), List.of()))
        .isEqualTo(
            new PromotionDecision(
                true,
                "The model is a refit of the champion's recipe, which has no metric to compare."));
  }

  @ParameterizedTest
  @CsvSource({
    "WAPE, 0.5, 0.04, 0.03, 0.599, true", // 2 x hypot(0.04, 0.03) is 0.1
    "WAPE, 0.5, 0.04, 0.03, 0.601, false",
    "WAPE, 0.5, 0, 0, 0.509, true", // 2 % of 0.5
    "WAPE, 0.5, 0, 0, 0.511, false",
    "QINI, 0.5, 0.04, 0.03, 0.401, true",
    "QINI, 0.5, 0.04, 0.03, 0.399, false",
    "VALUE, 0.1, 0.04, 0.03, 0.001, true",
    "VALUE, 0.1, 0.04, 0.03, -0.001, false",
    "QINI, 0.5,, 0.03, 0.1, true", // the champion's error is unknown
    "WAPE, 0.5,, 0.03, 0.511, false"
  })
  void aRefitMayBeTwoStandardErrorsWorse(
      Metric metric,
      double champion,
      @Nullable Double championError,
      double error,
      double refit,
      boolean promoted) {
    PromotionDecision decision =
        ChampionChallenge.ofRefit(
            report(metric, refit, error),
            List.of(new MetricValue("model", metric.key(), champion, championError)));
    assertThat(decision.promoted()).as(decision.reason()).isEqualTo(promoted);
  }

  /**
   * Returns a report of nine origins whose values are the mean and, three times each, above and
   * below it by as much as the standard error asks for.
   */
  private static BacktestReport report(Metric metric, double mean, double error) {
    double[] unit = {0, 1, -1, 0, 1, -1, 0, 1, -1};
    double scale = error / Objects.requireNonNull(NeweyWest.standardError(unit));
    List<GroupMetric> groups = new ArrayList<>();
    for (int i = 0; i < unit.length; i++) {
      double value = mean + scale * unit[i];
      groups.add(
          new GroupMetric(MAY.plusWeeks(i), "uk", 200, PredictionMethod.MODEL, metric, value));
    }
    return new BacktestReport(groups);
  }

  @Test
  void aChampionsOtherMetricsAreNotCompared() {
    List<MetricValue> champion = new ArrayList<>(metrics(0.5, 0.8));
    champion.add(new MetricValue("mean_84", "wape", 0.1, null));
    champion.add(new MetricValue("model", "uplift_50", 0.9, null));
    assertThat(ChampionChallenge.ofRefit(report(0.5, 0.8), champion).promoted()).isTrue();
  }

  @Test
  void aRecipeThatIsBetterInOneAndWorseInTheOtherStaysOut(SparkSession spark) {
    // Off by less than 1 % in the wrong order, against twice the units in the right order.
    PromotionDecision decision =
        ChampionChallenge.ofRecipe(
            predicted(spark, i -> 100 - 0.01 * i), predicted(spark, i -> 200 + i));
    assertThat(decision.promoted()).isFalse();
    assertThat(decision.reason())
        .startsWith("The model does not beat the champion's recipe significantly: WAPE ")
        .contains(
            "WAPE 0.006 against 1.288 (difference -1.282",
            "Spearman -1.000 against 1.000 (difference -2.000");
  }

  @Test
  void aRecipeThatIsBetterInOneAndEqualInTheOtherTakesOver(SparkSession spark) {
    PromotionDecision decision =
        ChampionChallenge.ofRecipe(
            predicted(spark, i -> 100 + 0.01 * i), predicted(spark, i -> 200 + i));
    assertThat(decision.promoted()).as(decision.reason()).isTrue();
    assertThat(decision.reason()).contains("Spearman 1.000 against 1.000");
  }

  @Test
  void theSameRecipeDoesNotBeatItself(SparkSession spark) {
    Dataset<Row> rows = predicted(spark, i -> 100 + i);
    assertThat(ChampionChallenge.ofRecipe(rows, rows).promoted()).isFalse();
  }

  /** Predictions of 60 products that sell 100, 100.01, 100.02 units and so on. */
  private static Dataset<Row> predicted(SparkSession spark, IntToDoubleFunction units) {
    return BacktestRow.data(
        spark,
        IntStream.range(0, 60)
            .mapToObj(
                i -> BacktestRow.of(i).actual(100 + 0.01 * i).predicted(units.applyAsDouble(i))));
  }

  private static PromotionDecision refit(
      double wape, double spearman, double championWape, double championSpearman) {
    return ChampionChallenge.ofRefit(
        report(wape, spearman), metrics(championWape, championSpearman));
  }

  private static BacktestReport report(@Nullable Double wape, @Nullable Double spearman) {
    return new BacktestReport(
        List.of(
            new GroupMetric(MAY, "uk", 200, PredictionMethod.MODEL, Metric.WAPE, wape),
            new GroupMetric(MAY, "uk", 200, PredictionMethod.MODEL, Metric.SPEARMAN, spearman)));
  }

  private static List<MetricValue> metrics(@Nullable Double wape, @Nullable Double spearman) {
    return List.of(
        new MetricValue("model", "wape", wape, null),
        new MetricValue("model", "spearman", spearman, null));
  }
}
