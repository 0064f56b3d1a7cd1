package io.trendflow.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.features.TestShop.Sale;
import io.trendflow.history.TrendSeries;
import io.trendflow.testing.SharedSpark;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests a shop that sells two units of everything every day, some of whose files are missing. */
@ExtendWith(SharedSpark.class)
class HolesTest {
  private static final LocalDate FIRST = LocalDate.parse("2024-01-01");
  private static final int DAYS = 200;
  private static final LocalDate GONE = day(120);
  private static final LocalDate BACK = day(140);
  private static final FeatureSettings SETTINGS = settings(14);

  private static LocalDate day(int number) {
    return FIRST.plusDays(number);
  }

  private static FeatureSettings settings(int cadence) {
    return new FeatureSettings(
        28,
        Map.of("uk", List.of()),
        Map.of(),
        List.of(),
        Map.of("till", cadence, "search", cadence),
        1,
        List.of());
  }

  private static boolean missing(LocalDate day) {
    return !day.isBefore(GONE) && day.isBefore(BACK);
  }

  private static Sale sale(LocalDate day, Instant known) {
    return new Sale("till", "uk", "mug", day, 1, 2, 0, 10, 1, known);
  }

  private static List<Sale> sales(Predicate<LocalDate> there) {
    return Stream.iterate(FIRST, day -> day.plusDays(1))
        .limit(DAYS)
        .filter(there)
        .map(day -> sale(day, TestShop.endOf(day)))
        .toList();
  }

  private static TestShop shop(List<Sale> sales) {
    return new TestShop(sales, new ArrayList<>(), new ArrayList<>());
  }

  private static Row at(SparkSession spark, TestShop shop, LocalDate cutoff, int cadence) {
    return FeatureRows.at(shop.tables(spark), List.of(cutoff), settings(cadence)).rows().first();
  }

  @Test
  void aSourceReachesTheLastDayOfItsPeriodsThatAreKnownByTheCutoff(SparkSession spark) {
    Instant late = TestShop.endOf(day(30));
    List<Sale> sales =
        List.of(
            sale(day(1), TestShop.endOf(day(1))),
            sale(day(9), late),
            sale(day(9), TestShop.endOf(day(40))),
            new Sale("web", "uk", "mug", day(2), 7, 1, 0, 5, 1, TestShop.endOf(day(8))));
    SalesCalendar calendar = SalesCalendar.of(shop(sales).tables(spark).sales(), SETTINGS);
    assertThat(calendar.watermarks(day(0))).isEmpty();
    assertThat(calendar.watermarks(day(29))).isEqualTo(Map.of("till", day(1), "web", day(8)));
    assertThat(calendar.watermarks(day(30)))
        .as("the earliest time at which a day was known counts")
        .isEqualTo(Map.of("till", day(9), "web", day(8)));
  }

  @Test
  void whatIsInAHoleIsUnknownAndNotNothing(SparkSession spark) {
    Row row = at(spark, shop(sales(day -> !missing(day))), day(150), 14);
    assertThat(row.<Double>getAs("units_7")).isCloseTo(Math.log1p(14), within(1e-9));
    assertThat(row.<Double>getAs("units_28")).isNull();
    assertThat(row.<Double>getAs("orders_84")).isNull();
    assertThat(row.<Double>getAs("market_momentum")).isNull();
    assertThat(row.<String>getAs("lifecycle")).isEqualTo("established");
    assertThat(row.<Double>getAs("baseline_units"))
        .as("two units a day, by the known days")
        .isCloseTo(56, within(1e-9));
  }

  @Test
  void aProductIsNotDormantBecauseItsFilesAreMissing(SparkSession spark) {
    List<Sale> until = sales(day -> day.isBefore(day(60)) || day.isAfter(day(150)));
    Sale other = new Sale("till", "uk", "cup", day(155), 1, 1, 0, 5, 1, TestShop.endOf(day(155)));
    List<Sale> mugEnds = until.stream().filter(sale -> sale.date().isBefore(day(60))).toList();
    TestShop shop = shop(Stream.concat(mugEnds.stream(), Stream.of(other)).toList());
    Map<String, String> lifecycles = new TreeMap<>();
    FeatureRows.at(shop.tables(spark), List.of(day(155)), SETTINGS)
        .rows()
        .collectAsList()
        .forEach(row -> lifecycles.put(row.getAs("product_id"), row.getAs("lifecycle")));
    assertThat(lifecycles).containsEntry("mug", "established");
  }

  @Test
  void silenceWithinTheCadenceIsNothingSold(SparkSession spark) {
    Row row = at(spark, shop(sales(day -> !missing(day))), day(150), 20);
    assertThat(row.<Double>getAs("units_28")).isCloseTo(Math.log1p(22), within(1e-9));
  }

  @Test
  void filesThatComeLateFillTheHoleFromThenOn(SparkSession spark) {
    List<Sale> late = new ArrayList<>(sales(day -> !missing(day)));
    Instant filled = TestShop.endOf(day(160));
    sales(HolesTest::missing).forEach(sale -> late.add(sale(sale.date(), filled)));
    TestShop shop = shop(late);
    assertThat(at(spark, shop, day(150), 14).<Double>getAs("units_28")).isNull();
    assertThat(at(spark, shop, day(160), 14).<Double>getAs("units_28"))
        .isCloseTo(Math.log1p(56), within(1e-9));
  }

  @Test
  void noLabelHasADayInAHole(SparkSession spark) {
    TestShop shop = shop(sales(day -> !missing(day)));
    List<LocalDate> cutoffs = List.of(day(91), day(92), day(111), day(139), day(140));
    List<LocalDate> labelled =
        HorizonLabels.of(
                shop.tables(spark), Map.of(day(DAYS - 1), cutoffs), TestShop.LIFECYCLES, SETTINGS)
            .collectAsList()
            .stream()
            .map(row -> row.<LocalDate>getAs("cutoff"))
            .sorted()
            .toList();
    assertThat(labelled).containsExactly(day(91), day(139), day(140));
  }

  @Test
  void aHoleIsToldWithWhatToDo(SparkSession spark) {
    TestShop shop = shop(sales(day -> !missing(day)));
    assertThat(SalesCalendar.of(shop.tables(spark).sales(), SETTINGS).holes())
        .containsExactly(
            "source till has no sales from 2024-04-30 to 2024-05-19, longer than its cadence of"
                + " 14 days, which makes the sales of these days unknown: ingest these days, or"
                + " set a longer cadence if nothing was sold.");
    assertThat(SalesCalendar.of(shop.tables(spark).sales(), settings(20)).holes()).isEmpty();
  }

  @Test
  void aMeanOverAHoleOfASeriesIsMissing() {
    List<TrendSeries.Observation> weeks = new ArrayList<>();
    for (int week = 0; week < 30; week++) {
      if (week < 12 || week > 14) {
        weeks.add(new TrendSeries.Observation(7 * week, 7 * week + 6, week, "pull", 0));
      }
    }
    TrendSeries series = new TrendSeries(weeks, 14).at(30 * 7 - 1).orElseThrow();
    assertThat(series.mean(4, 0)).isEqualTo(27.5);
    assertThat(series.mean(16, 4)).isNaN();
    assertThat(new TrendSeries(weeks, 21).at(30 * 7 - 1).orElseThrow().mean(16, 4))
        .isEqualTo((15 + 25) / 2.0);
  }
}
