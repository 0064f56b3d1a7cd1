package io.trendflow.model.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.model.UnitQuantiles;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DemandPathTest {
  private static final UnitQuantiles QUANTILES =
      new UnitQuantiles(List.of(10.0, 14.0, 20.0, 28.0, 36.0, 48.0, 56.0));
  private static final UnitQuantiles OF_56 =
      new UnitQuantiles(List.of(30.0, 34.0, 40.0, 48.0, 66.0, 78.0, 106.0));
  private static final FurtherHorizon DAYS_56 = new FurtherHorizon(56, 56, OF_56);
  private static final FurtherHorizon DAYS_91 = new FurtherHorizon(91, 91, QUANTILES);

  @Test
  void theExpectedUnitsFollowTheWeeksAndThenTheHorizons() {
    DemandPath path = path(28, List.of(2.0, 14.0, 0.0, 12.0), DAYS_56);
    assertThat(path.expectedUnits(0)).isZero();
    assertThat(path.expectedUnits(3.5)).isEqualTo(1);
    assertThat(path.expectedUnits(7)).isEqualTo(2);
    assertThat(path.expectedUnits(10.5)).isEqualTo(9);
    assertThat(path.expectedUnits(21)).isEqualTo(16);
    assertThat(path.expectedUnits(28)).isEqualTo(28);
    assertThat(path.expectedUnits(35)).isEqualTo(28 + 7);
    assertThat(path.expectedUnits(56)).isEqualTo(56);
    assertThat(path.expectedUnits(112)).isEqualTo(112);
  }

  @Test
  void unitsLastUntilThePathHasUsedThemUp() {
    DemandPath path = path(28, List.of(2.0, 14.0, 0.0, 12.0), DAYS_56);
    for (double days : new double[] {0, 3.5, 7, 10.5, 24.5, 28, 40, 56, 84}) {
      assertThat(path.lastingDays(path.expectedUnits(days))).isCloseTo(days, within(1e-9));
    }
    assertThat(path.lastingDays(16)).as("nothing is sold in the third week").isEqualTo(21);
    assertThat(path(0, List.of(), DAYS_56).lastingDays(0)).as("sales begin later").isEqualTo(28);
    assertThat(path(0, List.of()).lastingDays(5)).as("nothing is ever sold").isNull();
  }

  @Test
  void aWeekOfTheHorizonWithFewerDaysIsShorter() {
    PredictedDemand thirty = demand(30, 30, List.of(7.0, 7.0, 7.0, 7.0, 2.0));
    assertThat(DemandPath.of(thirty).expectedUnits(29)).isCloseTo(29, within(1e-12));
  }

  @Test
  void theDemandOfFewDaysIsTheShareOfTheWeeks() {
    DemandDistribution demand = demand(path(28, List.of(2.0, 14.0, 0.0, 12.0)), 7);
    double share = 2 / 28.0;
    assertThat(demand.quantile(0.5)).isCloseTo(share * 28, within(1e-12));
    assertThat(demand.quantile(0.9)).isCloseTo(share * 28 + Math.sqrt(share) * 20, within(1e-12));
    assertThat(demand(path(28, List.of(2.0, 14.0, 0.0, 12.0)), 28).quantile(0.9)).isEqualTo(48);
  }

  @Test
  void evenWeeksAndNoWeeksScaleByTheDays() {
    for (int days = 1; days < 120; days++) {
      DemandDistribution scaled = QuantileDemand.of(QUANTILES, days / 28.0);
      DemandDistribution without = demand(path(21, List.of()), days);
      DemandDistribution even = demand(path(21, List.of(5.25, 5.25, 5.25, 5.25)), days);
      for (double level : new double[] {0.05, 0.3, 0.5, 0.8, 0.95}) {
        assertThat(without.quantile(level)).isEqualTo(scaled.quantile(level));
        assertThat(even.quantile(level)).isCloseTo(scaled.quantile(level), within(1e-9));
      }
      double pace = days * 21 / 28.0;
      assertThat(path(21, List.of()).expectedUnits(days)).isCloseTo(pace, within(1e-9));
      assertThat(path(21, List.of()).lastingDays(pace)).isCloseTo(days, within(1e-9));
    }
  }

  @Test
  void quantilesAreLinearBetweenTwoHorizonsAndScaledBeyondTheLast() {
    DemandPath path = path(28, List.of(), DAYS_56);
    DemandDistribution between = demand(path, 35);
    assertThat(between.quantile(0.5)).isEqualTo(28 + 20 / 4.0);
    assertThat(between.quantile(0.95)).isEqualTo(56 + 50 / 4.0);
    assertThat(demand(path, 56).quantile(0.75)).isEqualTo(66);
    assertThat(demand(path, 84).quantile(0.5)).isEqualTo(1.5 * 48);
    assertThat(demand(path, 84).quantile(0.9)).isEqualTo(1.5 * 78);
  }

  @Test
  void moreDaysNeverHaveLessDemandAtTheUpperLevels() {
    DemandPath path = path(28, List.of(2.0, 14.0, 0.0, 12.0), DAYS_56);
    for (int days = 2; days < 150; days++) {
      for (double level : new double[] {0.5, 0.75, 0.9, 0.95}) {
        assertThat(demand(path, days).quantile(level))
            .as("%d days at %s", days, level)
            .isGreaterThanOrEqualTo(demand(path, days - 1).quantile(level) - 1e-9);
      }
    }
  }

  @Test
  void anOrderCoversTheUnitsOfItsDays() {
    OrderTerms terms = new OrderTerms(10.0, "GBP", 5.0, 0.0, 49L, null, null, null);
    PredictedDemand predicted = demand(28, 28, List.of(2.0, 14.0, 0.0, 12.0), DAYS_56);
    OrderCandidate candidate =
        OrderCandidate.of(predicted, terms, new StockPosition(16, 0), Candidates.PLAIN);
    assertThat(candidate.bestUnits()).as("the median of 56 days less the stock").isEqualTo(48 - 16);
    assertThat(candidate.coverDays(0)).isEqualTo(21);
    assertThat(candidate.coverDays(12)).isEqualTo(28);
    OrderTerms soon = new OrderTerms(10.0, "GBP", 5.0, 0.0, 5L, null, null, null);
    assertThat(
            OrderCandidate.of(predicted, soon, new StockPosition(16, 0), Candidates.PLAIN)
                .orderBy())
        .isEqualTo(Candidates.AS_OF.plusDays(1 + 21 - 5));
  }

  @Test
  void weeksAndHorizonsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> demand(28, 28, List.of(28.0)))
        .hasMessage("product p has units of 1 weeks, but its horizon of 28 days has 4");
    assertThatThrownBy(() -> demand(28, 28, List.of(), DAYS_91, DAYS_56))
        .hasMessage(
            "product p has further horizons of [91, 56] days, which do not rise from 28 on");
  }

  private static DemandDistribution demand(DemandPath path, int days) {
    return Objects.requireNonNull(path.demand(days));
  }

  private static DemandPath path(double expected, List<Double> weeks, FurtherHorizon... further) {
    return DemandPath.of(demand(28, expected, weeks, further));
  }

  private static PredictedDemand demand(
      int days, double expected, List<Double> weeks, FurtherHorizon... further) {
    return new PredictedDemand(
        "uk",
        "p",
        null,
        null,
        Candidates.AS_OF,
        Candidates.AS_OF.plusDays(1),
        days,
        expected,
        QUANTILES,
        weeks,
        List.of(further));
  }
}
