package io.trendflow.training.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.training.TrainingCutoffs;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacktestPlanTest {
  private static final LocalDate AS_OF = LocalDate.parse("2011-08-31");
  private static final List<LocalDate> ORIGINS =
      List.of(LocalDate.parse("2011-06-11"), LocalDate.parse("2011-04-30"));

  @Test
  void trainingCutoffsAreWeeklyAndEndOneHorizonBeforeTheOrigin() {
    assertThat(TrainingCutoffs.of(LocalDate.parse("2024-04-27"), 28, 3, 1))
        .containsExactly(
            LocalDate.parse("2024-03-16"),
            LocalDate.parse("2024-03-23"),
            LocalDate.parse("2024-03-30"));
  }

  @Test
  void aFitPredictsTheWeeksUntilTheNext() {
    BacktestPlan plan = new BacktestPlan(ORIGINS, AS_OF, 28, 52, 1, LocalDate.parse("2010-01-01"));
    LocalDate warmUp = LocalDate.parse("2011-03-05");
    assertThat(plan.fits()).startsWith(warmUp).hasSize(1 + ORIGINS.size());
    assertThat(plan.predictedBy(warmUp))
        .hasSize(8)
        .startsWith(warmUp)
        .endsWith(LocalDate.parse("2011-04-23"));
    LocalDate last = plan.origins().get(plan.origins().size() - 1);
    assertThat(plan.predictedBy(last))
        .startsWith(last)
        .allMatch(day -> !day.plusDays(28).isAfter(AS_OF))
        .doesNotHaveDuplicates();
  }

  @Test
  void theWarmUpWaitsForEightTrainingCutoffs() {
    BacktestPlan plan = new BacktestPlan(ORIGINS, AS_OF, 28, 52, 1, LocalDate.parse("2011-01-01"));
    LocalDate warmUp = LocalDate.parse("2011-03-19");
    assertThat(plan.warmUp()).contains(warmUp);
    assertThat(plan.labelCutoffs(false).get(warmUp))
        .hasSize(8)
        .startsWith(LocalDate.parse("2011-01-01"));
    BacktestPlan tooYoung =
        new BacktestPlan(ORIGINS, AS_OF, 28, 52, 1, LocalDate.parse("2011-03-01"));
    assertThat(tooYoung.warmUp()).isEmpty();
  }

  @Test
  void asksForTheLabelsOfEveryFitAndOfWhatWasPredictedBefore() {
    BacktestPlan plan = new BacktestPlan(ORIGINS, AS_OF, 28, 2, 1, LocalDate.parse("2010-01-01"));
    assertThat(plan.origins()).isSorted();
    BacktestPlan weekly =
        new BacktestPlan(ORIGINS, AS_OF, 28, 10, 1, LocalDate.parse("2010-01-01"));
    assertThat(weekly.labelCutoffs(false).keySet())
        .containsExactly(
            LocalDate.parse("2011-03-05"),
            LocalDate.parse("2011-04-30"),
            LocalDate.parse("2011-06-11"),
            AS_OF);
    assertThat(weekly.labelCutoffs(false).get(LocalDate.parse("2011-06-11")))
        .containsAll(weekly.predictedBy(LocalDate.parse("2011-03-05")))
        .contains(LocalDate.parse("2011-04-30"), LocalDate.parse("2011-05-14"))
        .doesNotContain(LocalDate.parse("2011-06-11"));
    assertThat(weekly.labelCutoffs(false).get(AS_OF)).containsAll(ORIGINS);
    assertThat(weekly.featureCutoffs(false))
        .containsAll(ORIGINS)
        .contains(LocalDate.parse("2011-08-03"));
  }

  @Test
  void anOriginWhoseHorizonIsNotOverIsRefused() {
    assertThatThrownBy(
            () -> new BacktestPlan(ORIGINS, LocalDate.parse("2011-07-08"), 28, 2, 1, AS_OF))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "train.origins has 2011-06-11, whose horizon of 28 days ends after 2011-07-08:"
                + " remove this day or ingest later sales");
  }

  @Test
  void byDefaultThirteenOriginsEverySecondWeekAreJudged() {
    LocalDate last = LocalDate.parse("2024-03-03");
    assertThat(
            BacktestPlan.defaultOrigins(
                LocalDate.parse("2024-03-31"), 28, LocalDate.parse("2020-01-01")))
        .hasSize(13)
        .startsWith(LocalDate.parse("2023-09-17"), LocalDate.parse("2023-10-01"))
        .endsWith(LocalDate.parse("2024-02-18"), last)
        .isSorted();
  }

  @Test
  void aSearchFitsBeforeTheFirstOriginAndIsJudgedByWhatIsKnownThere() {
    BacktestPlan plan = new BacktestPlan(ORIGINS, AS_OF, 28, 10, 1, LocalDate.parse("2010-01-01"));
    LocalDate earlier = LocalDate.parse("2011-03-05");
    LocalDate later = LocalDate.parse("2011-04-02");
    assertThat(plan.searchOrigins()).containsExactly(earlier, later);
    assertThat(plan.labelCutoffs(true)).containsKeys(earlier, later);
    assertThat(plan.labelCutoffs(true).get(plan.origins().get(0))).contains(earlier, later);
    assertThat(plan.labelCutoffs(false)).doesNotContainKey(later);
  }
}
