package io.trendflow.training.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of every plan, and the borders of its rules. */
class BacktestPlanRulesTest {
  private static final LocalDate AS_OF = LocalDate.parse("2024-06-30");
  private static final LocalDate LONG_AGO = LocalDate.parse("2020-01-01");

  private static Stream<Arguments> plans() {
    return Stream.of(
            plan(28, 52, LONG_AGO, 28, 56, 84),
            plan(28, 10, LONG_AGO, 28, 56, 84),
            plan(28, 10, LONG_AGO, 30, 37, 44, 51),
            plan(7, 20, LONG_AGO, 7, 14, 100),
            plan(56, 12, LONG_AGO, 56, 200),
            plan(28, 52, AS_OF.minusDays(200), 28, 56, 84),
            plan(28, 52, AS_OF.minusDays(130), 28, 56, 84),
            plan(1, 9, LONG_AGO, 1, 2, 3))
        .map(Arguments::of);
  }

  private static BacktestPlan plan(
      int horizonDays, int cutoffs, LocalDate firstCutoff, int... daysBefore) {
    List<LocalDate> origins = new ArrayList<>();
    for (int days : daysBefore) {
      origins.add(AS_OF.minusDays(days));
    }
    return new BacktestPlan(origins, AS_OF, horizonDays, cutoffs, 1, firstCutoff);
  }

  @ParameterizedTest
  @MethodSource("plans")
  void noLabelIsAskedForBeforeItsHorizonIsOver(BacktestPlan plan) {
    plan.labelCutoffs(true)
        .forEach(
            (day, cutoffs) ->
                assertThat(cutoffs)
                    .allMatch(cutoff -> !cutoff.plusDays(plan.horizonDays()).isAfter(day)));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyLabelHasItsFeatureRows(BacktestPlan plan) {
    assertThat(plan.featureCutoffs(true)).containsAll(plan.origins());
    plan.labelCutoffs(true)
        .values()
        .forEach(cutoffs -> assertThat(plan.featureCutoffs(true)).containsAll(cutoffs));
    assertThat(plan.featureCutoffs(true)).containsAll(plan.featureCutoffs(false));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void noTrainingCutoffIsBeforeTheFirstThatIsWorthwhile(BacktestPlan plan) {
    assertThat(plan.labelCutoffs(true).values().stream().flatMap(cutoffs -> cutoffs.stream()))
        .allMatch(cutoff -> !cutoff.isBefore(plan.firstCutoff()));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void eachCutoffIsPredictedByOneFitWhichIsNotLater(BacktestPlan plan) {
    List<LocalDate> predicted = new ArrayList<>();
    for (LocalDate fit : plan.fits()) {
      List<LocalDate> own = plan.predictedBy(fit);
      assertThat(own)
          .allMatch(cutoff -> !cutoff.isBefore(fit))
          .allMatch(cutoff -> ChronoUnit.DAYS.between(fit, cutoff) % 7 == 0)
          .allMatch(cutoff -> !cutoff.plusDays(plan.horizonDays()).isAfter(AS_OF));
      predicted.addAll(own);
    }
    assertThat(new HashSet<>(predicted)).hasSameSizeAs(predicted);
    assertThat(predicted).containsAll(plan.origins());
  }

  @ParameterizedTest
  @MethodSource("plans")
  void theWarmUpsLabelsAreKnownAtTheFirstOrigin(BacktestPlan plan) {
    LocalDate first = plan.origins().get(0);
    plan.warmUp()
        .ifPresent(
            day -> {
              assertThat(day.plusDays(plan.horizonDays())).isBeforeOrEqualTo(first);
              assertThat(plan.labelCutoffs(false).get(first)).contains(day);
            });
    assertThat(plan.searchOrigins())
        .allMatch(day -> !day.plusDays(plan.horizonDays()).isAfter(first));
  }

  @ParameterizedTest
  @CsvSource({
    // The first origin is 2024-04-07, one horizon before it 2024-03-10, four weeks before that
    // 2024-02-11, whose eighth training cutoff is 2024-02-11 - 28 d - 49 d = 2023-11-26.
    "2020-01-01, 2024-02-11",
    "2023-11-26, 2024-02-11",
    "2023-11-27, 2024-02-18",
    "2023-12-03, 2024-02-18",
    "2023-12-04, 2024-02-25",
    "2023-12-24, 2024-03-10",
    "2023-12-25,"
  })
  void theWarmUpIsAsEarlyAsEightTrainingCutoffsAllow(LocalDate firstCutoff, LocalDate warmUp) {
    BacktestPlan plan = plan(28, 52, firstCutoff, 28, 56, 84);
    assertThat(plan.warmUp().orElse(null)).isEqualTo(warmUp);
    assertThat(plan.fits()).hasSize(warmUp == null ? 3 : 4);
  }

  @ParameterizedTest
  @CsvSource({"7, false", "8, true"})
  void aRecipeOfFewerThanEightCutoffsHasNoWarmUp(int cutoffs, boolean warmUp) {
    assertThat(plan(28, cutoffs, LONG_AGO, 28).warmUp().isPresent()).isEqualTo(warmUp);
  }

  @ParameterizedTest
  @CsvSource({"2023-11-26, 2", "2023-12-17, 2", "2023-12-18, 1", "2023-12-24, 1", "2023-12-25, 0"})
  void aSearchHasTwoOriginsUnlessTheWarmUpIsTheLaterOne(LocalDate firstCutoff, int origins) {
    BacktestPlan plan = plan(28, 52, firstCutoff, 28, 56, 84);
    assertThat(plan.searchOrigins()).hasSize(origins);
    assertThat(plan.labelCutoffs(true).size() - plan.labelCutoffs(false).size())
        .as("the later one is not a fit of the backtest")
        .isEqualTo(Math.max(0, origins - 1));
  }

  @ParameterizedTest
  @CsvSource({"28, true", "29, true", "27, false"})
  void theLastHorizonMayEndOnTheLastDay(int daysBefore, boolean allowed) {
    if (allowed) {
      assertThat(plan(28, 10, LONG_AGO, daysBefore).origins()).hasSize(1);
    } else {
      assertThatThrownBy(() -> plan(28, 10, LONG_AGO, daysBefore))
          .hasMessageStartingWith(
              "train.origins has 2024-06-03, whose horizon of 28 days ends after");
    }
  }

  @Test
  void originsAreSortedAndCountOnce() {
    assertThat(plan(28, 10, LONG_AGO, 28, 84, 28, 56).origins())
        .containsExactly(
            LocalDate.parse("2024-04-07"),
            LocalDate.parse("2024-05-05"),
            LocalDate.parse("2024-06-02"));
    assertThatThrownBy(() -> plan(28, 10, LONG_AGO))
        .hasMessage("train.origins is empty: list at least one day");
  }

  @ParameterizedTest
  @CsvSource({
    "2024-06-30, 28, 2024-06-02",
    "2024-03-01, 1,  2024-02-29",
    "2023-01-10, 7,  2023-01-03"
  })
  void theLastDefaultHorizonEndsOnTheLastDay(LocalDate asOf, int horizonDays, LocalDate last) {
    List<LocalDate> origins = BacktestPlan.defaultOrigins(asOf, horizonDays, LONG_AGO);
    assertThat(origins).hasSize(13).endsWith(last);
    for (int i = 1; i < 13; i++) {
      assertThat(ChronoUnit.DAYS.between(origins.get(i - 1), origins.get(i))).isEqualTo(14);
    }
    assertThat(new BacktestPlan(origins, asOf, horizonDays, 10, 1, LONG_AGO).predictedBy(last))
        .containsExactly(last);
  }

  @ParameterizedTest
  @CsvSource({
    // The last origin is 2024-06-02. The first of 13 is 2023-12-17, whose eighth training cutoff is
    // 28 + 49 days before it.
    "2020-01-01, 13",
    "2023-10-01, 13",
    "2023-10-02, 12",
    "2023-10-15, 12",
    "2023-10-16, 11",
    "2024-03-17, 1",
    "2024-06-01, 1"
  })
  void anOriginNeedsEightTrainingCutoffsUnlessItIsTheLast(LocalDate firstCutoff, int origins) {
    assertThat(BacktestPlan.defaultOrigins(AS_OF, 28, firstCutoff)).hasSize(origins);
  }
}
