package io.trendflow.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KnownStockTest {
  /** A till that sells two units on each of the days 1 to 100 but those from 41 to 50. */
  private static SampleSales shop() {
    SampleSales sales = new SampleSales().covers("till", 1);
    for (int day = 1; day <= 100; day++) {
      if (day <= 40 || day > 50) {
        sales.sold(day, 2);
      }
    }
    return sales;
  }

  private static SampleSales withDailyStock() {
    SampleSales sales = shop();
    for (int day = 1; day <= 100; day++) {
      sales.stocked("shelf", day, day >= 40 && day <= 50 ? 0 : 9);
    }
    return sales;
  }

  @Test
  void aDayIsOutOfStockIfBothItsEndsAre() {
    KnownSales sales = withDailyStock().at(100);
    assertThat(sales.daysOut(1, 100)).isEqualTo(10);
    assertThat(sales.daysOut(1, 40)).as("day 40 began with stock").isZero();
    assertThat(sales.daysOut(41, 50)).isEqualTo(10);
    assertThat(sales.daysOut(51, 100)).as("day 51 ended with stock").isZero();
  }

  @Test
  void aDayWithASaleIsNotOutOfStock() {
    assertThat(withDailyStock().sold(44, 1).at(100).daysOut(41, 50)).isEqualTo(9);
  }

  @Test
  void sumsAreScaledToTheDaysInStock() {
    KnownSales sales = withDailyStock().at(100);
    assertThat(sales.units(1, 40)).isEqualTo(80);
    assertThat(sales.units(11, 50)).as("10 of 40 days are out").isEqualTo(80);
    assertThat(sales.units(12, 50)).as("10 of 39 days are more than a quarter").isNaN();
    assertThat(sales.units(41, 50)).isNaN();
    assertThat(sales.soldUnits(11, 50)).isEqualTo(60);
  }

  @Test
  void withoutStockASilentDayIsADayWithoutSales() {
    KnownSales sales = shop().at(100);
    assertThat(sales.units(11, 50)).isEqualTo(60);
    assertThat(sales.stock().isKnown()).isFalse();
  }

  @Test
  void theBaselineLeavesDaysOutOfStockOut() {
    assertThat(withDailyStock().state(100, 28, CatalogEntry.NONE).meanUnits())
        .isCloseTo(56, within(1e-9));
    assertThat(shop().state(100, 28, CatalogEntry.NONE).meanUnits())
        .isCloseTo(74.0 * 2 / 84 * 28, within(1e-9));
  }

  @Test
  void stockIsUnknownInASilenceLongerThanTheCadence() {
    assertThat(shop().stocked("shelf", 40, 0).stocked("shelf", 47, 0).at(100).daysOut(1, 100))
        .as("a week apart")
        .isEqualTo(7);
    assertThat(shop().stocked("shelf", 40, 0).stocked("shelf", 48, 0).at(100).daysOut(1, 100))
        .isZero();
  }

  @Test
  void aProductIsOutOfStockIfEverySourceIs() {
    SampleSales other = withDailyStock().stocked("store", 42, 0).stocked("store", 45, 0);
    assertThat(other.at(100).daysOut(1, 100))
        .as("days 41 and 42, before the store is known, and 43 to 45")
        .isEqualTo(5);
    assertThat(withDailyStock().stocked("store", 20, 3).at(100).daysOut(1, 100)).isZero();
  }

  @Test
  void aLevelCountsFromWhenItIsKnown() {
    SampleSales sales = withDailyStock();
    assertThat(sales.at(44).daysOut(1, 100)).isEqualTo(4);
    assertThat(sales.at(44).stock().onHand(44)).isZero();
    assertThat(sales.at(51).stock().onHand(51)).isEqualTo(9);
    assertThat(sales.at(100).stock().onHand(107)).as("older than the cadence").isNaN();
  }

  @Test
  void aSilenceOfMoreThanFourUsualGapsIsUnusualWithoutStock() {
    SampleSales weekly = new SampleSales().covers("till", 1);
    for (int day = 7; day <= 140; day += 7) {
      weekly.sold(day, 1);
    }
    assertThat(weekly.state(160, 28, CatalogEntry.NONE).isSilent()).isFalse();
    assertThat(weekly.state(180, 28, CatalogEntry.NONE).isSilent()).isTrue();
    assertThat(weekly.stocked("shelf", 180, 4).state(180, 28, CatalogEntry.NONE).isSilent())
        .as("its stock is known")
        .isFalse();
  }

  @Test
  void plansCountFromWhenTheyAreKnownUntilTheyAreCancelled() {
    SampleSales sales = shop();
    DayRange week = new DayRange(101, 107);
    sales.planned(
        new PlannedEvent(
            week, PlannedEvent.Kind.PROMO, 0.2, EpochTimes.endOf(99), EpochTimes.endOf(100)));
    assertThat(sales.state(98, 28, CatalogEntry.NONE).plan().promotedDays()).isZero();
    assertThat(sales.state(99, 28, CatalogEntry.NONE).plan().promotedDays()).isEqualTo(7);
    assertThat(sales.state(99, 28, CatalogEntry.NONE).plan().promotionDepth())
        .isCloseTo(0.2 * 7 / 28, within(1e-12));
    assertThat(sales.state(99, 28, CatalogEntry.NONE).plan().plannedPrice())
        .isCloseTo(10 * (1 - 0.05), within(1e-12));
    assertThat(sales.state(100, 28, CatalogEntry.NONE).plan().promotedDays()).isZero();
  }
}
