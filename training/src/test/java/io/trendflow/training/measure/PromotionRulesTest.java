package io.trendflow.training.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The borders of each rule of a promotion, one rule at a time. */
class PromotionRulesTest {
  private static final LocalDate DAY = LocalDate.parse("2024-01-01");
  private final List<GroupMetric> groups = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "0.500, true",
    "0.525, true", // 1.05 x 0.5
    "0.526, false",
    "0.400, true"
  })
  void theModelsWapeMayBeFivePercentAboveTheBaselines(double wape, boolean promoted) {
    given(PredictionMethod.MODEL, 0.8, 0.4, wape);
    given(PredictionMethod.MEAN_84, 0.7, 0.3, 0.5);
    assertThat(decide().promoted()).isEqualTo(promoted);
  }

  @ParameterizedTest
  @CsvSource({"0.701, true", "0.700, false", "0.699, false", "-0.1, false"})
  void theModelRanksBetterThanABaseline(double spearman, boolean promoted) {
    given(PredictionMethod.MODEL, spearman, 0.4, 0.5);
    given(PredictionMethod.MEAN_84, 0.7, 0.3, 0.5);
    assertThat(decide().promoted()).isEqualTo(promoted);
  }

  @ParameterizedTest
  @CsvSource({"0.301, true", "0.300, false", "0.299, false", "-0.5, false"})
  void theModelCapturesMoreUpliftThanABaseline(double uplift, boolean promoted) {
    given(PredictionMethod.MODEL, 0.8, uplift, 0.5);
    given(PredictionMethod.MEAN_84, 0.7, 0.3, 0.5);
    assertThat(decide().promoted()).isEqualTo(promoted);
  }

  @ParameterizedTest
  @EnumSource(value = PredictionMethod.class, names = "MODEL", mode = EnumSource.Mode.EXCLUDE)
  void anyBaselineCanPreventAPromotion(PredictionMethod better) {
    given(PredictionMethod.MODEL, 0.8, 0.4, 0.5);
    for (PredictionMethod method : PredictionMethod.values()) {
      if (method != PredictionMethod.MODEL) {
        given(method, method == better ? 0.81 : 0.7, 0.3, 0.5);
      }
    }
    assertThat(decide())
        .isEqualTo(
            new PromotionDecision(
                false,
                "The model does not beat the baselines: Spearman 0.800 against 0.810 of %s."
                    .formatted(better.key())));
  }

  @ParameterizedTest
  @CsvSource({"SPEARMAN", "UPLIFT_50", "WAPE"})
  void aMetricThatIsUndefinedForABaselineDoesNotPreventAPromotion(Metric undefined) {
    given(PredictionMethod.MODEL, 0.8, 0.4, 0.5);
    given(
        PredictionMethod.LAST_YEAR,
        undefined == Metric.SPEARMAN ? null : (Double) 0.7,
        undefined == Metric.UPLIFT_50 ? null : (Double) 0.3,
        undefined == Metric.WAPE ? null : (Double) 0.5);
    assertThat(decide().promoted()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"SPEARMAN", "WAPE"})
  void aModelMustRankAndHaveAnError(Metric undefined) {
    given(
        PredictionMethod.MODEL,
        undefined == Metric.SPEARMAN ? null : (Double) 0.8,
        0.4,
        undefined == Metric.WAPE ? null : (Double) 0.5);
    assertThat(decide())
        .isEqualTo(
            new PromotionDecision(
                false,
                "The backtest has no group of at least 30 rows with sales that the model ranks."));
  }

  @ParameterizedTest
  @CsvSource({"29, false", "30, true"})
  void groupsUnder30RowsDecideNothing(long rows, boolean promoted) {
    groups.add(new GroupMetric(DAY, "uk", rows, PredictionMethod.MODEL, Metric.SPEARMAN, 0.8));
    groups.add(new GroupMetric(DAY, "uk", rows, PredictionMethod.MODEL, Metric.WAPE, 0.5));
    assertThat(decide().promoted()).isEqualTo(promoted);
  }

  @Test
  void theMeansDecideAndNotASingleGroup() {
    // Spearman 0.9 and 0.5 against 0.6 and 0.7: worse in the second market, better in the mean.
    add("uk", PredictionMethod.MODEL, Metric.SPEARMAN, 0.9);
    add("fr", PredictionMethod.MODEL, Metric.SPEARMAN, 0.5);
    add("uk", PredictionMethod.MEAN_84, Metric.SPEARMAN, 0.6);
    add("fr", PredictionMethod.MEAN_84, Metric.SPEARMAN, 0.7);
    add("uk", PredictionMethod.MODEL, Metric.WAPE, 0.5);
    assertThat(decide())
        .isEqualTo(
            new PromotionDecision(
                true, "The model beats every baseline: Spearman 0.700, WAPE 0.500."));
  }

  private PromotionDecision decide() {
    return PromotionDecision.decide(new BacktestReport(groups));
  }

  private void given(
      PredictionMethod method,
      @Nullable Double spearman,
      @Nullable Double uplift,
      @Nullable Double wape) {
    add("uk", method, Metric.SPEARMAN, spearman);
    add("uk", method, Metric.UPLIFT_50, uplift);
    add("uk", method, Metric.WAPE, wape);
  }

  private void add(String market, PredictionMethod method, Metric metric, @Nullable Double value) {
    groups.add(new GroupMetric(DAY, market, 200, method, metric, value));
  }
}
