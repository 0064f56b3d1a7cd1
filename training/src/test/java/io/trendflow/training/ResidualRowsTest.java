package io.trendflow.training;

import static io.trendflow.training.BacktestRow.MAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.model.PastPrediction;
import io.trendflow.model.PredictionResidual;
import io.trendflow.testing.SharedSpark;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedSpark.class)
class ResidualRowsTest {
  @ParameterizedTest
  @CsvSource({
    // Rows of the cutoffs from the latest to the earliest, the fewest rows, the cutoffs with them.
    "5 5 5, 1,   1",
    "5 5 5, 5,   1",
    "5 5 5, 6,   2",
    "5 5 5, 10,  2",
    "5 5 5, 11,  3",
    "5 5 5, 100, 3",
    "2 9 4, 3,   2",
    "20,    3,   1"
  })
  void theLatestCutoffsAreThoseThatHaveEnoughRows(String sizes, long atLeast, int cutoffs) {
    long[] rows = Arrays.stream(sizes.split(" ")).mapToLong(Long::parseLong).toArray();
    NavigableMap<LocalDate, Long> counts = new TreeMap<>();
    for (int week = 0; week < rows.length; week++) {
      counts.put(MAY.minusWeeks(week), rows[week]);
    }
    assertThat(ResidualRows.latestSince(counts, atLeast)).isEqualTo(MAY.minusWeeks(cutoffs - 1));
  }

  @Test
  void aSampleIsTheSameInAnyOrderAndAPartOfALargerOne(SparkSession spark) {
    Dataset<Row> rows = rows(spark, 200);
    List<String> sample = products(ResidualRows.sample(rows, 20));
    assertThat(sample).hasSize(20).doesNotHaveDuplicates();
    assertThat(products(ResidualRows.sample(rows.orderBy("actual_units").repartition(3), 20)))
        .isEqualTo(sample);
    assertThat(products(ResidualRows.sample(rows, 50))).startsWith(sample.toArray(String[]::new));
  }

  @Test
  void aSampleHasAllRowsIfTheyAreFew(SparkSession spark) {
    assertThat(products(ResidualRows.sample(rows(spark, 30), 100))).hasSize(30);
    assertThat(products(ResidualRows.sample(rows(spark, 30), 30))).hasSize(30);
  }

  @Test
  void aSampleDoesNotPreferSomeProducts(SparkSession spark) {
    // The mean number of 100 of the products 0 to 999 has the standard error
    // sqrt((1000^2 - 1) / 12 / 100 * 900 / 999) = 27.4.
    double mean =
        products(ResidualRows.sample(rows(spark, 1000), 100)).stream()
            .mapToInt(product -> Integer.parseInt(product.substring(1)))
            .average()
            .orElseThrow();
    assertThat(mean).isCloseTo(499.5, within(2.6 * 27.4));
  }

  @Test
  void aPastPredictionHasItsOutcomeBaselineMeanAndRank(SparkSession spark) {
    Dataset<Row> predicted =
        BacktestRow.data(
                spark,
                Stream.of(
                    BacktestRow.of("a").lifecycle("new").actual(7).predicted(2.5).baseline(4)))
            .withColumn("mean_units", functions.lit(9.0))
            .withColumn("uplift_share", functions.lit(0.25))
            .withColumnRenamed("expected_units", "raw_prediction")
            .withColumnRenamed("actual_units", "label_units");
    assertThat(ResidualRows.past(predicted))
        .containsExactly(
            new PastPrediction(MAY, new PredictionResidual("new", 2.5, 7), 4, 9, 0.25));
  }

  private static Dataset<Row> rows(SparkSession spark, int size) {
    return BacktestRow.data(
        spark, IntStream.range(0, size).mapToObj(i -> BacktestRow.of(i).actual(i * 7 % 31)));
  }

  private static List<String> products(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.<String>getAs("product_id")).toList();
  }
}
