package io.trendflow.training;

import static io.trendflow.training.BacktestRow.MAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.model.PastPrediction;
import io.trendflow.model.PredictionResidual;
import io.trendflow.testing.SharedSpark;
import java.util.Arrays;
import java.util.List;
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
    // Rows of the cutoffs from the latest to the earliest, the fewest rows, the rows that are kept.
    "5 5 5, 1,   5",
    "5 5 5, 5,   5",
    "5 5 5, 6,   10",
    "5 5 5, 10,  10",
    "5 5 5, 11,  15",
    "5 5 5, 100, 15",
    "2 9 4, 3,   11",
    "20,    3,   20"
  })
  void theLatestCutoffsAreKeptWholeUntilTheyHaveEnoughRows(
      String sizes, long atLeast, int kept, SparkSession spark) {
    int[] rows = Arrays.stream(sizes.split(" ")).mapToInt(Integer::parseInt).toArray();
    Dataset<Row> known =
        BacktestRow.data(
            spark,
            IntStream.range(0, rows.length)
                .boxed()
                .flatMap(
                    week ->
                        IntStream.range(0, rows[week])
                            .mapToObj(i -> BacktestRow.of(i).at(MAY.minusWeeks(week)))));
    List<Row> latest = ResidualRows.latest(known, atLeast).collectAsList();
    assertThat(latest).hasSize(kept);
    assertThat(latest)
        .as("every market and product of the latest cutoff")
        .filteredOn(row -> row.getAs("cutoff").equals(MAY))
        .hasSize(rows[0]);
  }

  @Test
  void whereNothingIsKnownNothingIsTheLatest(SparkSession spark) {
    Dataset<Row> none = BacktestRow.data(spark, Stream.of());
    assertThat(ResidualRows.latest(none, 10).collectAsList()).isEmpty();
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
  void residualsAreTheRawPredictionBesideTheUnits(SparkSession spark) {
    Dataset<Row> predicted =
        BacktestRow.data(
                spark,
                Stream.of(
                    BacktestRow.of("a").lifecycle("new").actual(7).predicted(2.5),
                    BacktestRow.of("b").lifecycle("launch").actual(0).predicted(-0.5)))
            .withColumnRenamed("expected_units", "raw_prediction")
            .withColumnRenamed("actual_units", "label_units");
    assertThat(ResidualRows.collect(predicted))
        .containsExactlyInAnyOrder(
            new PredictionResidual("new", 2.5, 7), new PredictionResidual("launch", -0.5, 0));
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
