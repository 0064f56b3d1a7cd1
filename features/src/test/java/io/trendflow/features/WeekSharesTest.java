package io.trendflow.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.features.TestShop.Sale;
import io.trendflow.history.HorizonWeeks;
import io.trendflow.testing.SharedSpark;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSpark.class)
class WeekSharesTest {
  private static final HorizonWeeks WEEKS = new HorizonWeeks(28);
  private static final double[] EVEN = WEEKS.evenShares();
  private static final double[] STEADY = {50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50};

  @Test
  void aSeasonCountsFullyWhereWeeksAreOtherwiseAlike() {
    assertThat(WeekShares.season(new double[] {40, 30, 20, 10}, STEADY, WEEKS))
        .containsExactly(new double[] {0.4, 0.3, 0.2, 0.1}, within(1e-12));
  }

  /**
   * Each of the latest weeks is half its mean above or below it, a variance of 4/3 x 0.25. The
   * weeks a year earlier are 0.6, 0.2, -0.2 and -0.6 of their mean away from it, a variance of 4/3
   * x 0.2.
   */
  @Test
  void aSeasonWithinTheUsualDifferencesCountsNothing() {
    double[] rough = {50, 150, 50, 150, 50, 150, 50, 150, 50, 150, 50, 150};
    assertThat(WeekShares.season(new double[] {40, 30, 20, 10}, rough, WEEKS))
        .containsExactly(EVEN);
  }

  /** The latest weeks have a variance of 4/3 x 0.04, a fifth of the season's. */
  @Test
  void theUsualDifferencesAreTakenFromTheSeason() {
    double[] usual = {80, 120, 80, 120, 80, 120, 80, 120, 80, 120, 80, 120};
    assertThat(WeekShares.season(new double[] {40, 30, 20, 10}, usual, WEEKS))
        .containsExactly(new double[] {0.37, 0.29, 0.21, 0.13}, within(1e-12));
  }

  @Test
  void sharesAreEvenWhereThePastIsUnknown() {
    double[] unknown = {Double.NaN};
    assertThat(WeekShares.season(unknown, STEADY, WEEKS)).containsExactly(EVEN);
    assertThat(WeekShares.season(new double[] {4, 3, 2, 1}, new double[12], WEEKS))
        .containsExactly(EVEN);
    assertThat(WeekShares.season(new double[4], STEADY, WEEKS)).containsExactly(EVEN);
    assertThat(WeekShares.launch(unknown, unknown, 0, WEEKS)).containsExactly(EVEN);
  }

  @Test
  void aHorizonOfOneWeekHasOneShare() {
    HorizonWeeks week = new HorizonWeeks(7);
    assertThat(WeekShares.season(new double[] {9}, STEADY, week)).containsExactly(1);
  }

  /**
   * The shares of launches have a variance of 0.01 in each week, that of their mean is 0.01 / 10.
   * Divided by the even share 0.25, four weeks have 0.016, and the differences have 0.2: 0.92 of
   * them count. A single launch says nothing, because its variance is unknown.
   */
  @Test
  void launchesCountByTheirAgreement() {
    double[] means = {0.4, 0.3, 0.2, 0.1};
    double[] variances = {0.01, 0.01, 0.01, 0.01};
    double[] expected = {
      0.25 + 0.92 * 0.15, 0.25 + 0.92 * 0.05, 0.25 - 0.92 * 0.05, 0.25 - 0.92 * 0.15
    };
    assertThat(WeekShares.launch(means, variances, 10, WEEKS))
        .containsExactly(expected, within(1e-12));
    assertThat(WeekShares.launch(means, new double[] {Double.NaN}, 1, WEEKS)).containsExactly(EVEN);
  }

  /** A closed week and a strong one come back; every product of the market has them. */
  @Test
  void rowsHaveTheSeasonOfTheirMarket(SparkSession spark) {
    LocalDate cutoff = TestShop.FIRST.plusDays(420);
    LocalDate closed = cutoff.plusDays(8).minusDays(364);
    List<Sale> sales = new ArrayList<>();
    for (String product : List.of("a", "b")) {
      sales.addAll(
          sales(
              "shop",
              product,
              cutoff,
              day ->
                  !day.isBefore(closed) && day.isBefore(closed.plusDays(7))
                      ? 0
                      : day.isBefore(closed.plusDays(14)) && !day.isBefore(closed) ? 6 : 3));
    }
    sales.addAll(sales("other", "c", cutoff, day -> 2));
    TestShop shop = new TestShop(sales, List.of(), List.of(), List.of(), List.of());
    List<Row> rows =
        FeatureRows.at(shop.tables(spark), List.of(cutoff), TestShop.SETTINGS)
            .rows()
            .orderBy("product_id")
            .collectAsList();
    assertThat(rows).hasSize(3);
    for (Row row : rows.subList(0, 2)) {
      List<Double> shares = row.getList(row.fieldIndex("week_shares"));
      assertThat(shares).hasSize(4);
      assertThat(shares.get(0)).isCloseTo(0.25, within(1e-9));
      assertThat(shares.get(1)).isCloseTo(0, within(1e-9));
      assertThat(shares.get(2)).isCloseTo(0.5, within(1e-9));
      assertThat(shares.get(3)).isCloseTo(0.25, within(1e-9));
    }
    Row other = rows.get(2);
    assertThat(other.<Double>getList(other.fieldIndex("week_shares")))
        .containsExactly(0.25, 0.25, 0.25, 0.25);
  }

  private static List<Sale> sales(
      String market, String product, LocalDate last, ToDoubleFunction<LocalDate> units) {
    return TestShop.FIRST
        .datesUntil(last.plusDays(1))
        .map(day -> sale(market, product, day, units.applyAsDouble(day)))
        .filter(sale -> sale.gross() > 0)
        .toList();
  }

  private static Sale sale(String market, String product, LocalDate day, double units) {
    Instant known = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return new Sale("till", market, product, day, 1, units, 0, units, (long) units, known);
  }
}
