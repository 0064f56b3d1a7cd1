package io.trendflow.training.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PromotionDecisionTest {
  private final List<GroupMetric> groups = new ArrayList<>();

  @Test
  void aModelThatRanksBetterAndIsAboutAsExactIsPromoted() {
    given(PredictionMethod.MODEL, 0.8, 0.4, 0.52);
    given(PredictionMethod.LAST_HORIZON, 0.7, 0.1, 0.50);
    given(PredictionMethod.MEAN_84, null, null, 0.60);
    PromotionDecision promotion = PromotionDecision.decide(new BacktestReport(groups));
    assertThat(promotion.promoted()).isTrue();
    assertThat(promotion.reason())
        .isEqualTo("The model beats every baseline: Spearman 0.800, uplift@50 0.400, WAPE 0.520.");
  }

  @Test
  void eachRuleCanFail() {
    given(PredictionMethod.MODEL, 0.8, 0.4, 0.53);
    given(PredictionMethod.LAST_HORIZON, 0.8, 0.5, 0.50);
    PromotionDecision promotion = PromotionDecision.decide(new BacktestReport(groups));
    assertThat(promotion.promoted()).isFalse();
    assertThat(promotion.reason())
        .contains("Spearman 0.800 against 0.800 of last_horizon")
        .contains("uplift@50 0.400 against 0.500 of last_horizon")
        .contains("WAPE 0.530 against 0.500 of last_horizon");
  }

  @Test
  void upliftThatIsTooSmallToMeasureIsNotAsked() {
    given(PredictionMethod.MODEL, 0.8, null, 0.5);
    given(PredictionMethod.LAST_HORIZON, 0.7, null, 0.5);
    assertThat(PromotionDecision.decide(new BacktestReport(groups)).promoted()).isTrue();
  }

  @Test
  void nothingJudgedNothingPromoted() {
    assertThat(PromotionDecision.decide(new BacktestReport(List.of())).promoted()).isFalse();
  }

  private void given(
      PredictionMethod method,
      @Nullable Double spearman,
      @Nullable Double uplift,
      @Nullable Double wape) {
    add(method, Metric.SPEARMAN, spearman);
    add(method, Metric.UPLIFT_50, uplift);
    add(method, Metric.WAPE, wape);
  }

  private void add(PredictionMethod method, Metric metric, @Nullable Double value) {
    groups.add(new GroupMetric(LocalDate.parse("2024-01-01"), "uk", 200, method, metric, value));
  }
}
