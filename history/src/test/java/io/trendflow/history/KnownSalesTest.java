package io.trendflow.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownSalesTest {
  private static final long ONE_MICROSECOND = 1;

  @Test
  void aRowCountsIfItBecameKnownByTheEndOfTheCutoff() {
    long midnight = EpochTimes.endOf(10);
    SampleSales sales =
        new SampleSales()
            .row("till", 8, 1, midnight, 3, 0, 30)
            .row("till", 9, 1, midnight + ONE_MICROSECOND, 5, 0, 50);
    assertThat(sales.at(10).units(0, 10)).isEqualTo(3);
    assertThat(sales.at(11).units(0, 10)).isEqualTo(8);
  }

  @Test
  void theLatestKnownRevisionCountsForEachSourceAndDay() {
    SampleSales sales =
        new SampleSales()
            .row("till", 5, 1, EpochTimes.endOf(5), 3, 0, 30)
            .row("till", 5, 1, EpochTimes.endOf(7), 4, 0, 40)
            .row("web", 5, 1, EpochTimes.endOf(6), 2, 0, 20);
    assertThat(sales.at(5).units(5, 5)).isEqualTo(3);
    assertThat(sales.at(6).units(5, 5)).isEqualTo(5);
    assertThat(sales.at(7).units(5, 5)).isEqualTo(6);
  }

  @Test
  void aRevisionTakesASaleBack() {
    SampleSales sales =
        new SampleSales()
            .row("till", 5, 1, EpochTimes.endOf(5), 3, 0, 30)
            .row("till", 5, 1, EpochTimes.endOf(6), 0, 0, 0);
    assertThat(sales.at(5).firstSale()).isNotNull();
    assertThat(sales.at(6).firstSale()).isNull();
  }

  /** A week from day 10 to day 16. */
  @ParameterizedTest
  @CsvSource({"10, 16, 7", "9, 17, 7", "11, 16, 0", "10, 15, 0", "0, 9, 0", "17, 30, 0"})
  void aPeriodCountsIfAllOfItLiesInTheWindow(int from, int to, double units) {
    SampleSales sales = new SampleSales().row("till", 10, 7, EpochTimes.endOf(16), 7, 0, 70);
    assertThat(sales.at(40).units(from, to)).isEqualTo(units);
  }

  @Test
  void returnsAreSubtractedAndTheSumIsNotNegative() {
    SampleSales sales =
        new SampleSales()
            .sold(3, 5)
            .row("till", 4, 1, EpochTimes.endOf(4), 0, 2, 0)
            .row("till", 6, 1, EpochTimes.endOf(6), 0, 9, 0);
    assertThat(sales.at(10).units(0, 4)).isEqualTo(3);
    assertThat(sales.at(10).units(0, 10)).isZero();
    assertThat(sales.at(10).grossUnits(0, 10)).isEqualTo(5);
  }

  @Test
  void aWindowWithADayInAHoleIsUnknown() {
    SampleSales sales =
        new SampleSales().sold(3, 5).sold(20, 4).covers("till", 1, new DayRange(8, 15));
    KnownSales known = sales.at(20);
    assertThat(known.units(1, 7)).isEqualTo(5);
    assertThat(known.units(1, 8)).isNaN();
    assertThat(known.units(15, 20)).isNaN();
    assertThat(known.units(16, 20)).isEqualTo(4);
    assertThat(known.knownUnits(1, 20)).isEqualTo(9);
    assertThat(known.unknownDays(1, 20)).isEqualTo(8);
    assertThat(known.unknownDays(9, 10)).isEqualTo(2);
  }

  @Test
  void aHoleOfASourceThatDoesNotSellTheProductIsIgnored() {
    SampleSales sales = new SampleSales().sold(3, 5).covers("web", 1, new DayRange(1, 15));
    assertThat(sales.at(20).units(1, 15)).isEqualTo(5);
  }

  @Test
  void thePriceIsTheMeanOfTheUnitsWithRevenue() {
    SampleSales sales =
        new SampleSales()
            .row("till", 3, 1, EpochTimes.endOf(3), 2, 0, 20)
            .row("till", 4, 1, EpochTimes.endOf(4), 1, 0, 16)
            .row("till", 5, 1, EpochTimes.endOf(5), 7, 0, Double.NaN);
    assertThat(sales.at(10).price(0, 10)).isEqualTo(12);
    assertThat(sales.at(10).price(5, 10)).isNaN();
  }

  @Test
  void weeksEndWithTheLastDayAndAPeriodBelongsToTheWeekOfItsEnd() {
    SampleSales sales =
        new SampleSales()
            .sold(13, 1)
            .sold(14, 2)
            .sold(20, 4)
            .row("till", 6, 7, EpochTimes.endOf(12), 8, 0, 80)
            .sold(21, 16);
    assertThat(sales.at(30).weeklyUnits(20, 3)).containsExactly(0, 9, 6);
  }

  @ParameterizedTest
  @CsvSource({"20, 0", "14, 0", "13, 1", "7, 1", "6, 2", "21, -1"})
  void weeksAreCountedBackFromTheEnd(int lastDay, int week) {
    assertThat(KnownSales.weeksAgo(lastDay, 20)).isEqualTo(week);
  }

  @Test
  void firstAndLastSaleAreThoseWithGrossUnits() {
    SampleSales sales =
        new SampleSales()
            .sold(2, 0)
            .sold(4, 1)
            .row("till", 8, 7, EpochTimes.endOf(14), 3, 0, 30)
            .row("till", 20, 1, EpochTimes.endOf(20), 0, 1, 0);
    KnownSales known = sales.at(30);
    assertThat(known.firstSale()).extracting(SalesRow::day).isEqualTo(4);
    assertThat(known.lastSaleDay()).hasValue(14);
    assertThat(known.activePeriods(0, 30)).isEqualTo(2);
    assertThat(known.orders(0, 30)).isEqualTo(4);
    assertThat(known.currency()).isEqualTo("EUR");
  }

  @Test
  void nothingIsKnownWithoutRows() {
    KnownSales known = new SampleSales().at(10);
    assertThat(known.units(0, 10)).isZero();
    assertThat(known.firstSale()).isNull();
    assertThat(known.lastSaleDay()).isEmpty();
    assertThat(known.currency()).isNull();
    assertThat(known.price(0, 10)).isNaN();
  }
}
