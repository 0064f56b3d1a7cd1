package io.trendflow.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.testing.SharedSpark;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranks and potentials of rows that have no more than the columns they need. */
// scipy 1.17.1: potential is percentileofscore(uplifts, uplift, kind="mean").
@ExtendWith(SharedSpark.class)
class UpliftRankingTest {
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "cutoff DATE, market STRING, product_id STRING, price DOUBLE, price_assumed BOOLEAN,"
              + " expected_units DOUBLE, baseline_units DOUBLE");

  @ParameterizedTest
  @CsvSource({
    "5 1 3 3 -2,  90 30 60 60 10",
    "1 1 1,       50 50 50",
    "0 2 2 2 7 7, 8.333333333333334 41.66666666666667 41.66666666666667 41.66666666666667"
        + " 83.33333333333334 83.33333333333334",
    "4,           50"
  })
  void potentialIsTheMeanPercentileOfTheUplift(
      String uplifts, String potentials, SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (String uplift : uplifts.split(" ", -1)) {
      rows.add(row("uk", "p" + rows.size(), 1.0, 10 + Double.parseDouble(uplift), 10));
    }
    double[] expected =
        Arrays.stream(potentials.split(" ")).mapToDouble(Double::parseDouble).toArray();
    assertThat(
            ranked(spark, rows, "product_id").stream()
                .mapToDouble(row -> row.<Double>getAs("potential"))
                .toArray())
        .containsExactly(expected, within(1e-9));
  }

  @Test
  void ranksAreByDescendingUpliftInRevenueWithTiesByProduct(SparkSession spark) {
    // Uplifts in revenue: 2 x 5, 10 x 1, 1 x 4 and 3 x -1; fr has a rank of its own.
    List<Row> rows =
        List.of(
            row("uk", "d", 2.0, 15, 10),
            row("uk", "b", 10.0, 11, 10),
            row("uk", "a", 1.0, 14, 10),
            row("uk", "c", 3.0, 9, 10),
            row("fr", "z", 1.0, 0, 10));
    assertThat(ranked(spark, rows, "rank", "product_id"))
        .extracting(row -> row.<String>getAs("product_id") + row.<Long>getAs("rank"))
        .containsExactly("b1", "z1", "d2", "a3", "c4");
  }

  @ParameterizedTest
  @CsvSource({"0.99,", "1, 0.5", "2, -0.25", "6, -0.75"})
  void growthIsAboveABaselineOfOneUnitAtLeast(
      double baseline, @Nullable Double growth, SparkSession spark) {
    Row row = ranked(spark, List.of(row("uk", "a", 1.0, 1.5, baseline)), "rank").get(0);
    assertThat(row.<Double>getAs("growth")).isEqualTo(growth);
    assertThat(row.<Double>getAs("uplift_units")).isEqualTo(1.5 - baseline);
  }

  @Test
  void aProductWithoutAPriceTakesTheMedianOfItsMarket(SparkSession spark) {
    List<Row> rows =
        List.of(
            row("uk", "a", 1.0, 1, 0),
            row("uk", "b", 2.0, 1, 0),
            row("uk", "c", 9.0, 1, 0),
            row("uk", "d", null, 3, 0),
            row("fr", "z", null, 3, 0));
    List<Row> ranked = ranked(spark, rows, "product_id");
    Row d = ranked.get(3);
    assertThat(d.<BigDecimal>getAs("price")).isEqualByComparingTo("2");
    assertThat(d.<Boolean>getAs("price_assumed")).isTrue();
    assertThat(d.<Double>getAs("uplift_revenue")).isEqualTo(6);
    assertThat(ranked.get(0).<Boolean>getAs("price_assumed")).isFalse();
    Row z = ranked.get(4);
    assertThat(z.<BigDecimal>getAs("price")).as("fr has no price at all").isNull();
    assertThat(z.<Boolean>getAs("price_assumed")).isFalse();
    assertThat(z.<Double>getAs("uplift")).as("in units").isEqualTo(3);
  }

  private static List<Row> ranked(SparkSession spark, List<Row> rows, String... order) {
    return UpliftRanking.add(spark.createDataFrame(rows, SCHEMA))
        .orderBy(order[0], Arrays.copyOfRange(order, 1, order.length))
        .collectAsList();
  }

  private static Row row(
      String market, String product, @Nullable Double price, double expected, double baseline) {
    return RowFactory.create(TestRows.CUTOFF, market, product, price, false, expected, baseline);
  }
}
