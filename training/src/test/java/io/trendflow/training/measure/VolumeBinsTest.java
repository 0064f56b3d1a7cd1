package io.trendflow.training.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.testing.SharedSpark;
import io.trendflow.training.BacktestRow;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bins beside the bounds that scipy finds. */
// scipy 1.17.1: 1 + sum(x > scoreatpercentile(values, 100 * i / bins) for i in range(1, bins)).
@ExtendWith(SharedSpark.class)
class VolumeBinsTest {
  @ParameterizedTest
  @CsvSource({
    "1 2 3 4 5 6 7 8 9 10, 2,  1 1 1 1 1 2 2 2 2 2",
    "1 2 3 4 5 6 7 8 9 10, 4,  1 1 1 2 2 3 3 4 4 4",
    "1 2 3 4 5 6 7 8 9 10, 5,  1 1 2 2 3 3 4 4 5 5",
    "1 2 3 4 5 6 7 8 9 10, 10, 1 2 3 4 5 6 7 8 9 10",
    "1 1 1 1 1 1 1 5 9 20, 2,  1 1 1 1 1 1 1 2 2 2",
    "1 1 1 1 1 1 1 5 9 20, 4,  1 1 1 1 1 1 1 4 4 4",
    "1 1 1 1 1 1 1 5 9 20, 5,  1 1 1 1 1 1 1 4 5 5",
    "1 2 4 8 16 32 64,     4,  1 1 2 2 3 4 4",
    "1 2 4 8 16 32 64,     5,  1 1 2 3 4 5 5",
    "1 2 4 8 16 32 64,     10, 1 2 4 5 7 9 10",
    "0 10,                 5,  1 5",
    "5,                    10, 1"
  })
  void theBinsAreThoseOfScipysQuantiles(
      String values, int bins, String expected, SparkSession spark) {
    double[] units = Arrays.stream(values.split(" ")).mapToDouble(Double::parseDouble).toArray();
    Dataset<Row> rows =
        BacktestRow.data(
            spark,
            IntStream.range(0, units.length)
                .mapToObj(i -> BacktestRow.of(i).predicted(units[i], -units[i])));
    assertThat(String.join(" ", bins(rows, bins))).isEqualTo(expected);
  }

  @Test
  void oneBinHoldsEverything(SparkSession spark) {
    Dataset<Row> rows =
        BacktestRow.data(
            spark, IntStream.range(0, 3).mapToObj(i -> BacktestRow.of(i).predicted(i)));
    assertThat(bins(rows, 1)).containsExactly("1", "1", "1");
  }

  @Test
  void noRowsHaveNoBins(SparkSession spark) {
    assertThat(bins(BacktestRow.data(spark, Stream.of()), 5)).isEmpty();
  }

  private static List<String> bins(Dataset<Row> rows, int bins) {
    return rows
        .withColumn("bin", VolumeBins.of(rows, bins))
        .orderBy("product_id")
        .collectAsList()
        .stream()
        .map(row -> Integer.toString(row.<Integer>getAs("bin")))
        .toList();
  }
}
