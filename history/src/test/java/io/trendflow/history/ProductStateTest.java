package io.trendflow.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductStateTest {
  private static final int CUTOFF = 1000;
  private static final int HORIZON = 28;

  private static CatalogEntry entry(@Nullable Integer launch, boolean censored, double price) {
    return new CatalogEntry(
        0, "mug", null, null, price, "EUR", launch, censored, null, List.of(), Map.of());
  }

  /** Sells a number of units on each day from the first to the last. */
  private static SampleSales daily(int first, int last, double units) {
    SampleSales sales = new SampleSales().covers("till", 1);
    for (int day = first; day <= last; day++) {
      sales.sold(day, units);
    }
    return sales;
  }

  private static ProductState state(SampleSales sales) {
    return sales.state(CUTOFF, HORIZON, CatalogEntry.NONE);
  }

  @Test
  void recentDaysAre84AndEndWithTheLastKnownDay() {
    assertThat(ProductState.recentDays(CUTOFF)).isEqualTo(new DayRange(CUTOFF - 83, CUTOFF));
  }

  /** A row that begins before the recent days and ends in them is not recent. */
  @ParameterizedTest
  @CsvSource({"90, 31, DORMANT", "83, 24, ESTABLISHED", "84, 1, DORMANT", "83, 1, ESTABLISHED"})
  void aProductIsDormantWithoutAWholePeriodInTheRecentDays(
      int daysAgo, int days, Lifecycle expected) {
    int day = CUTOFF - daysAgo;
    SampleSales sales =
        daily(100, 100, 1).row("till", day, days, EpochTimes.endOf(day + days - 1), 3, 0, 30);
    assertThat(state(sales).lifecycle).isEqualTo(expected);
  }

  @Test
  void theFirstSaleIsTheLaunchUnlessSalesDoNotReachBackBeforeIt() {
    assertThat(state(daily(84, CUTOFF, 1)).launch).isNull();
    assertThat(state(daily(85, CUTOFF, 1)).launch).isEqualTo(85);
  }

  @Test
  void theCataloguesLaunchCountsAndACensoredOneIsUnknown() {
    SampleSales sales = daily(500, CUTOFF, 1);
    assertThat(sales.state(CUTOFF, HORIZON, entry(490, false, 9)).launch).isEqualTo(490);
    assertThat(sales.state(CUTOFF, HORIZON, entry(null, true, 9)).launch).isNull();
  }

  @Test
  void theHorizonOfALaunchBeginsOnItsLaunchDay() {
    SampleSales unsold = new SampleSales().covers("till", 1);
    assertThat(unsold.state(CUTOFF, HORIZON, entry(CUTOFF + 5, false, 9)).horizonStart())
        .isEqualTo(CUTOFF + 5);
    assertThat(state(daily(500, CUTOFF, 1)).horizonStart()).isEqualTo(CUTOFF + 1);
  }

  @Test
  void theMeanIsOverTheDaysOnSaleButNotFewerThan28() {
    assertThat(state(daily(500, CUTOFF, 2)).meanUnits()).isEqualTo(2.0 * HORIZON);
    assertThat(state(daily(CUTOFF - 41, CUTOFF, 2)).meanUnits()).isEqualTo(2.0 * HORIZON);
    // 10 days of 2 units over 28 days.
    assertThat(state(daily(CUTOFF - 9, CUTOFF, 2)).meanUnits())
        .isCloseTo(20.0 / 28 * HORIZON, within(1e-9));
    assertThat(state(new SampleSales()).meanUnits()).isNaN();
  }

  @Test
  void daysInAHoleAreLeftOutOfTheMeanAsLongAs28Remain() {
    DayRange shortHole = new DayRange(CUTOFF - 55, CUTOFF - 1);
    SampleSales sales = daily(500, CUTOFF - 56, 2).sold(CUTOFF, 2).covers("till", 1, shortHole);
    // 84 days less 55: 28 of them before the hole and one after it.
    assertThat(state(sales).meanUnits()).isCloseTo(2.0 * HORIZON, within(1e-9));
    DayRange longHole = new DayRange(CUTOFF - 56, CUTOFF);
    assertThat(state(daily(500, CUTOFF - 57, 2).covers("till", 1, longHole)).meanUnits()).isNaN();
  }

  @Test
  void theCurrentPriceFallsBackFrom28DaysTo84ToTheCatalogue() {
    SampleSales recent =
        daily(500, CUTOFF - 40, 1).row("till", CUTOFF, 1, EpochTimes.endOf(CUTOFF), 2, 0, 30);
    assertThat(state(recent).currentPrice()).isEqualTo(15);
    assertThat(state(daily(500, CUTOFF - 40, 1)).currentPrice()).isEqualTo(10);
    assertThat(
            daily(500, CUTOFF - 84, 1).state(CUTOFF, HORIZON, entry(null, false, 7)).currentPrice())
        .isEqualTo(7);
  }

  @Test
  void aYearIs364Days() {
    SampleSales sales = daily(1, 1, 0).sold(CUTOFF + 1 - 364, 3).sold(CUTOFF + 28 - 364, 4);
    sales.sold(CUTOFF - 364, 5).sold(CUTOFF - 27 - 364, 6).sold(CUTOFF - 28 - 364, 99);
    ProductState state = state(sales);
    assertThat(state.yearAgoUnits()).isEqualTo(7);
    assertThat(state.yearAgoLastUnits()).isEqualTo(11);
    assertThat(state.yearAgoOrders()).isEqualTo(2);
    assertThat(state.yearAgoLastOrders()).isEqualTo(2);
  }

  @Test
  void aYearAgoIsUnknownBeforeTheFirstDay() {
    SampleSales sales = new SampleSales().covers("till", CUTOFF - 363).sold(CUTOFF, 1);
    ProductState state = state(sales);
    assertThat(state.yearAgoUnits()).isEqualTo(0);
    assertThat(state.yearAgoLastUnits()).isNaN();
  }

  @Test
  void launchUnitsNeedAllDaysOfTheHorizon() {
    SampleSales sales = daily(CUTOFF - 27, CUTOFF, 3);
    assertThat(sales.state(CUTOFF, HORIZON, entry(CUTOFF - 27, false, 9)).launchUnits())
        .isEqualTo(84);
    assertThat(sales.state(CUTOFF, HORIZON, entry(CUTOFF - 26, false, 9)).launchUnits()).isNaN();
  }

  @Test
  void windowsAndAgesAreCountedInDays() {
    ProductState state = state(daily(500, CUTOFF - 3, 1));
    assertThat(state.units(7)).isEqualTo(4);
    assertThat(state.units(14, 7)).isEqualTo(7);
    assertThat(state.orders(14, 7)).isEqualTo(7);
    assertThat(state.activePeriods(7)).isEqualTo(4);
    assertThat(state.daysSinceLastSale()).isEqualTo(3);
    assertThat(state.daysSinceFirstSale()).isEqualTo(500);
    assertThat(state.neverSold()).isFalse();
  }

  @Test
  void agesOfAProductThatWasNeverSoldAreUnknown() {
    ProductState state = state(new SampleSales());
    assertThat(state.neverSold()).isTrue();
    assertThat(state.daysSinceLastSale()).isNaN();
    assertThat(state.daysSinceFirstSale()).isNaN();
    assertThat(state.lifecycle).isEqualTo(Lifecycle.UNRELEASED);
  }
}
