package io.trendflow.scoring;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.model.PredictionCalibration;
import io.trendflow.testing.SharedSpark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranks that many tasks compute for one market. */
@ExtendWith(SharedSpark.class)
class SpreadRanksTest {
  private static final int RANGES = 12;
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "cutoff DATE, market STRING, product_id STRING, uplift DOUBLE, price DOUBLE");

  /** The number of different values is also that of the ties: 1 means that all rows are tied. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 400, 1_000_000})
  void areThoseOfOneTask(int values, SparkSession spark) {
    List<Row> rows = rows(values);
    assertThat(ranks(many(spark), rows)).isEqualTo(ranks(spark, rows));
  }

  @Test
  void noTaskHasMoreThanAFifthOfAMarket(SparkSession spark) {
    SparkSession many = many(spark);
    Dataset<Row> ranked = MarketRanks.add(many.createDataFrame(rows(1), SCHEMA), col("uplift"));
    List<Integer> sizes =
        ranked
            .toJavaRDD()
            .mapPartitions(
                part -> {
                  int size = 0;
                  for (; part.hasNext(); part.next()) {
                    size++;
                  }
                  return List.of(size).iterator();
                })
            .collect();
    assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThan(rows(1).size() / 5));
  }

  @Test
  void scoresAndPredictionsAreThoseOfOneTask(SparkSession spark) {
    var model = TestRows.model(PredictionCalibration.unknown());
    assertThat(
            sorted(
                Scorer.score(
                    features(many(spark)), model, List.of("established"), Optional.empty())))
        .hasSize(300)
        .isEqualTo(
            sorted(Scorer.score(features(spark), model, List.of("established"), Optional.empty())));
    assertThat(sorted(Scorer.baseline(features(many(spark)), 28, List.of("established"))))
        .isEqualTo(sorted(Scorer.baseline(features(spark), 28, List.of("established"))));
    var byCutoff = Map.of(TestRows.CUTOFF, model);
    assertThat(sorted(Scorer.predict(features(many(spark)), byCutoff)))
        .isEqualTo(sorted(Scorer.predict(features(spark), byCutoff)));
  }

  private static List<String> sorted(Dataset<Row> rows) {
    return rows
        .selectExpr(Arrays.stream(rows.columns()).sorted().toArray(String[]::new))
        .toJSON()
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }

  private static Dataset<Row> features(SparkSession spark) {
    Random random = new Random(5);
    Row[] rows = new Row[300];
    for (int i = 0; i < rows.length; i++) {
      Double price = random.nextInt(4) == 0 ? null : Double.valueOf(1 + random.nextInt(9));
      rows[i] =
          TestRows.row(
              i % 5 == 0 ? "fr" : "uk",
              "p" + random.nextInt(1_000_000),
              price,
              random.nextInt(4),
              random.nextInt(3) + 0.7,
              null);
    }
    return TestRows.of(spark, rows);
  }

  private static List<String> ranks(SparkSession spark, List<Row> rows) {
    Dataset<Row> ranked = MarketRanks.add(spark.createDataFrame(rows, SCHEMA), col("uplift"));
    return MarketRanks.addMedian(ranked, "price", "median")
        .orderBy("cutoff", "market", "product_id")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }

  private static SparkSession many(SparkSession spark) {
    SparkSession many = spark.newSession();
    many.conf().set("spark.sql.shuffle.partitions", RANGES);
    return many;
  }

  private static List<Row> rows(int values) {
    Random random = new Random(values);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      // Both zeros are one value, and so are all that are not a number.
      double value = random.nextInt(values) - values / 2;
      value = value == 0 && random.nextBoolean() ? -0.0 : value;
      value = random.nextInt(100) == 0 && values > 2 ? Double.NaN : value;
      rows.add(
          RowFactory.create(
              TestRows.CUTOFF.plusDays(i % 50 == 0 ? 7 : 0),
              i % 40 == 0 ? "fr" : "uk",
              "p" + i,
              value,
              random.nextInt(3) == 0 ? null : random.nextDouble()));
    }
    return rows;
  }
}
