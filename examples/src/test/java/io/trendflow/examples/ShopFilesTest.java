package io.trendflow.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that the files look like the exports of a real shop. */
class ShopFilesTest {
  private static final Shop SHOP = Shop.ofDefaults();
  private static final RetailSettings SETTINGS = SHOP.settings();
  private static final int WINDOW = 84;

  /** The README has Online Retail's figures and how they are measured. */
  @Test
  void daysWithoutSaleAndDispersionAreThoseOfOnlineRetail() {
    Collection<double[]> units = SHOP.units().values();
    double zero = 0;
    double dispersion = 0;
    double mean = 0;
    int windows = 4;
    for (int window = 0; window < windows; window++) {
      int end = SETTINGS.days() - 91 * window;
      List<double[]> sold =
          units.stream()
              .map(days -> Arrays.copyOfRange(days, end - WINDOW, end))
              .filter(days -> Arrays.stream(days).sum() >= 20)
              .toList();
      zero += sold.stream().mapToDouble(ShopFilesTest::zeroShare).average().orElseThrow() / windows;
      dispersion +=
          median(
                  sold.stream()
                      .map(ShopFilesTest::nonzero)
                      .filter(d -> d.length >= 5)
                      .map(ShopFilesTest::varianceToMean))
              / windows;
      mean +=
          median(
                  sold.stream()
                      .map(ShopFilesTest::nonzero)
                      .map(d -> Arrays.stream(d).average().orElseThrow()))
              / windows;
    }
    assertThat(zero).isCloseTo(0.71, within(0.03));
    assertThat(dispersion).isCloseTo(12.4, within(1.5));
    assertThat(mean).isCloseTo(10.3, within(1.0));
  }

  @Test
  void theSizeIsThatOfTheDemo() {
    assertThat(SHOP.orders()).hasSizeBetween(200_000, 600_000);
    assertThat(SHOP.folder().resolve("raw/orders").toFile().list()).hasSize(30);
  }

  @Test
  void theCatalogueListsLaunchesOverTheWholePeriodAndAfterIt() {
    List<LocalDate> launches = new ArrayList<>();
    int discontinued = 0;
    for (CsvRecord product : SHOP.records("raw/catalogue")) {
      launches.add(LocalDate.parse(product.getField(7)));
      discontinued += product.getField(8).isEmpty() ? 0 : 1;
    }
    assertThat(launches.stream().max(LocalDate::compareTo))
        .hasValueSatisfying(
            last ->
                assertThat(last)
                    .isBetween(SETTINGS.end().plusDays(1), SETTINGS.end().plusDays(28)));
    for (LocalDate month = SETTINGS.start();
        month.isBefore(SETTINGS.end().plusDays(1));
        month = month.plusDays(28)) {
      LocalDate from = month;
      assertThat(launches)
          .as("from %s", month)
          .anyMatch(day -> !day.isBefore(from) && day.isBefore(from.plusDays(28)));
    }
    assertThat(discontinued).isGreaterThan(30);
  }

  @Test
  void nothingIsSoldBeforeItsLaunchOrAfterItsEnd() {
    Map<String, double[]> units = SHOP.units();
    for (CsvRecord product : SHOP.records("raw/catalogue")) {
      double[] days =
          units.getOrDefault(
              Shop.key(product.getField(1), product.getField(0)), new double[SETTINGS.days()]);
      LocalDate launch = LocalDate.parse(product.getField(7));
      int first = Math.min(days.length, Math.max(0, SHOP.day(launch)));
      int last =
          product.getField(8).isEmpty()
              ? days.length
              : SHOP.day(LocalDate.parse(product.getField(8)));
      assertThat(Arrays.stream(days, 0, first).sum() + Arrays.stream(days, last, days.length).sum())
          .isZero();
    }
  }

  @Test
  void returnsFollowASaleAndHaveTheirOwnOrderNumbers() {
    List<CsvRecord> returns =
        SHOP.orders().stream()
            .filter(r -> r.getFieldCount() == 7 && r.getField(5).strip().startsWith("-"))
            .toList();
    assertThat(returns)
        .hasSizeGreaterThan(5_000)
        .allSatisfy(r -> assertThat(r.getField(0)).startsWith("R"));
  }

  @Test
  void aPromotionLowersThePriceByFifteenToThirtyPercentAndSellsMore() {
    PricePromotions promotions =
        PricePromotions.draw(SETTINGS, ProductPlanner.plan(SETTINGS).get(1));
    Map<Double, Double> demand = new TreeMap<>();
    for (long day = SETTINGS.firstDay(); day <= SETTINGS.lastDay(); day++) {
      demand.put(promotions.priceFactor(day), promotions.demandFactor(day));
    }
    assertThat(demand.remove(1.0)).isEqualTo(1);
    assertThat(demand).isNotEmpty();
    demand.forEach(
        (price, units) -> {
          assertThat(price).isBetween(0.7 - 1e-9, 0.85 + 1e-9);
          assertThat(units).isBetween(1.3, 2.0);
        });
  }

  @Test
  void googleTrendsWeeksAreWholeStartOnSundayAndReach100() {
    for (String geo : List.of("GB", "FR")) {
      SHOP.trends("google_trends", geo)
          .values()
          .forEach(
              series -> {
                assertThat(series.firstKey().getDayOfWeek()).isEqualTo(DayOfWeek.SUNDAY);
                assertThat(series.lastKey())
                    .isBetween(SETTINGS.end().minusDays(12), SETTINGS.end().minusDays(6));
                assertThat(series)
                    .hasSize(
                        (int) (series.lastKey().toEpochDay() - series.firstKey().toEpochDay()) / 7
                            + 1);
                assertThat(series.values()).allMatch(value -> value >= 0 && value <= 100);
                assertThat(series.values().stream().max(Double::compare)).hasValue(100.0);
              });
    }
  }

  private static double zeroShare(double[] days) {
    return (double) Arrays.stream(days).filter(units -> units == 0).count() / days.length;
  }

  private static double[] nonzero(double[] days) {
    return Arrays.stream(days).filter(units -> units > 0).toArray();
  }

  private static double varianceToMean(double[] units) {
    double mean = Arrays.stream(units).average().orElseThrow();
    double squares = Arrays.stream(units).map(u -> (u - mean) * (u - mean)).sum();
    return squares / (units.length - 1) / mean;
  }

  private static double median(Stream<Double> values) {
    double[] sorted = values.mapToDouble(value -> value).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
