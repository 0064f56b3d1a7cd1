package io.trendflow.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.features.TestShop.Entry;
import io.trendflow.features.TestShop.Sale;
import io.trendflow.features.TestShop.Signal;
import io.trendflow.testing.SharedSpark;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Trend features of pulls that hold one value each, such as the views of a hashtag so far, and of
 * pulls that are scaled anew.
 */
@ExtendWith(SharedSpark.class)
class MomentsTest {
  private static final LocalDate FIRST = LocalDate.parse("2024-01-01");
  private static final int PULLS = 400;
  private static final double DOUBLING_DAYS = 60;
  private static final int WINDOW_DAYS = 84;
  private static final FeatureSettings SETTINGS =
      new FeatureSettings(28, Map.of("uk", List.of()), Map.of(), List.of(), Map.of(), 1, List.of());

  private static Row at(SparkSession spark, int pulls, String pull) {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < pulls; i++) {
      LocalDate day = FIRST.plusDays(i);
      double views = 1000 * Math.pow(2, i / DOUBLING_DAYS);
      signals.add(
          new Signal(
              "tiktok", "mug", "GB", day, 1, views, pull.formatted(day), TestShop.endOf(day)));
    }
    return at(spark, signals, FIRST.plusDays(pulls - 1L));
  }

  private static Row at(SparkSession spark, List<Signal> signals, LocalDate last) {
    List<Sale> sales = new ArrayList<>();
    FIRST
        .datesUntil(last.plusDays(1))
        .forEach(
            day ->
                sales.add(new Sale("till", "uk", "p", day, 1, 2, 0, 10, 1, TestShop.endOf(day))));
    Entry entry =
        new Entry("uk", "p", "Mug", null, null, null, List.of("mug"), "red", Instant.EPOCH);
    TestShop shop = new TestShop(sales, new ArrayList<>(List.of(entry)), signals);
    return FeatureRows.at(shop.tables(spark), List.of(last), SETTINGS).rows().first();
  }

  @Test
  void dailyPullsOfOneValueHaveALevelAndASlope(SparkSession spark) {
    Row row = at(spark, PULLS, "comparable");
    assertThat(row.<Double>getAs("trend_slope_4")).isCloseTo(0.32, within(0.05));
    assertThat(row.<Double>getAs("trend_level")).isGreaterThan(1);
  }

  @Test
  void oneObservationHasNoLevel(SparkSession spark) {
    assertThat(at(spark, PULLS, "pulled_at=%s").<Double>getAs("trend_level")).isNull();
    assertThat(at(spark, 1, "comparable").<Double>getAs("trend_level")).isNull();
  }

  @Test
  void windowsThatAreScaledAnewAreComparedByTheirOverlap(SparkSession spark) {
    LocalDate last = FIRST.plusDays(PULLS - 1L);
    double whole = at(spark, PULLS, "comparable").<Double>getAs("trend_vs_year_ago");
    assertThat(at(spark, windows(last, 56), last).<Double>getAs("trend_vs_year_ago"))
        .isCloseTo(whole, within(1e-6));
    assertThat(at(spark, windows(last, WINDOW_DAYS), last).<Double>getAs("trend_vs_year_ago"))
        .isNull();
  }

  /** Pulls of 84 days, each scaled so that its highest day is 100. */
  private static List<Signal> windows(LocalDate last, int everyDays) {
    List<Signal> signals = new ArrayList<>();
    for (LocalDate end = last; !end.isBefore(last.minusDays(364)); end = end.minusDays(everyDays)) {
      for (int ago = 0; ago < WINDOW_DAYS; ago++) {
        double value = 100 * Math.pow(2, -ago / DOUBLING_DAYS);
        signals.add(
            new Signal(
                "search",
                "mug",
                "GB",
                end.minusDays(ago),
                1,
                value,
                "pulled_at=" + end,
                TestShop.endOf(end)));
      }
    }
    return signals;
  }
}
