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

/** Trend features of pulls that hold one value each, such as the views of a hashtag so far. */
@ExtendWith(SharedSpark.class)
class MomentsTest {
  private static final LocalDate FIRST = LocalDate.parse("2024-01-01");
  private static final int PULLS = 400;
  private static final double DOUBLING_DAYS = 60;
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
    LocalDate last = FIRST.plusDays(pulls - 1L);
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
}
