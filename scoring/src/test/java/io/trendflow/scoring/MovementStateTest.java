package io.trendflow.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.testing.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedSpark.class)
class MovementStateTest {
  private static final StructType SCORES =
      StructType.fromDDL(
          "market STRING, product_id STRING, chance DOUBLE, lower_units DOUBLE,"
              + " upper_units DOUBLE");
  private static final StructType PREVIOUS =
      StructType.fromDDL("market STRING, product_id STRING, state STRING");

  @ParameterizedTest
  @CsvSource({
    "0.70,        , RISER",
    "0.69,        , FLAT",
    "0.69,  RISER , RISER",
    "0.50,  RISER , RISER",
    "0.49,  RISER , FLAT",
    "0.65,  FLAT  , FLAT",
    "0.20,        , SINKER",
    "0.21,        , FLAT",
    "0.21,  SINKER, SINKER",
    "0.45,  SINKER, SINKER",
    "0.46,  SINKER, FLAT",
    "0.75,  SINKER, RISER",
    "0.10,  RISER , SINKER",
    "0.65,  UNSURE, FLAT",
    ",      RISER , UNSURE",
    ",            , UNSURE"
  })
  void aStateIsLeftLaterThanItIsEntered(
      @Nullable Double chance, @Nullable String before, String state, SparkSession spark) {
    assertThat(state(spark, chance, 9, 19, before)).isEqualTo(state);
  }

  @ParameterizedTest
  // A row is unsure from 60 times 1 + lower on, and stays unsure from 10 times on.
  @CsvSource({
    "59.1, 0.5,       , UNSURE",
    "58.9, 0.5,       , FLAT",
    "58.9, 0.5, FLAT  , FLAT",
    "9.1,  0.5, UNSURE, UNSURE",
    "8.9,  0.5, UNSURE, FLAT",
    "59.1, 0.8,       , RISER",
    "59.1, 0.2,       , SINKER"
  })
  void aWideIntervalIsUnsureUnlessTheChanceIsClear(
      double upper, double chance, @Nullable String before, String state, SparkSession spark) {
    assertThat(state(spark, chance, 0, upper, before)).isEqualTo(state);
  }

  @Test
  void aProductKeepsItsStateInItsOwnMarketOnly(SparkSession spark) {
    Dataset<Row> scores =
        spark.createDataFrame(
            List.of(
                RowFactory.create("uk", "a", 0.65, 1.0, 2.0),
                RowFactory.create("fr", "a", 0.65, 1.0, 2.0)),
            SCORES);
    Dataset<Row> previous =
        spark.createDataFrame(List.of(RowFactory.create("fr", "a", "RISER")), PREVIOUS);
    assertThat(MovementState.append(scores, previous).orderBy("market").collectAsList())
        .extracting(row -> row.<String>getAs("market") + " " + row.<String>getAs("state"))
        .containsExactly("fr RISER", "uk FLAT");
  }

  @Test
  void aChanceThatMovesALittleRarelyChangesTheState(SparkSession spark) {
    Random random = new Random(1);
    List<Row> first = new ArrayList<>();
    List<Row> second = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      double chance = random.nextDouble();
      String product = "p" + i;
      first.add(RowFactory.create("uk", product, chance, 5.0, 9.0));
      double moved = Math.max(0, Math.min(1, chance + 0.04 * random.nextGaussian()));
      second.add(RowFactory.create("uk", product, moved, 5.0, 9.0));
    }
    Dataset<Row> before = MovementState.append(spark.createDataFrame(first, SCORES));
    Dataset<Row> later = spark.createDataFrame(second, SCORES);
    long kept = changes(before, MovementState.append(later, before));
    assertThat(kept / 2000.0).isLessThan(0.05);
    assertThat(changes(before, MovementState.append(later))).isGreaterThan(kept * 3 / 2);
  }

  private static long changes(Dataset<Row> before, Dataset<Row> after) {
    return before
        .select("product_id", "state")
        .withColumnRenamed("state", "was")
        .join(after, "product_id")
        .filter("was <> state")
        .count();
  }

  private static String state(
      SparkSession spark,
      @Nullable Double chance,
      double lower,
      double upper,
      @Nullable String before) {
    Dataset<Row> scores =
        spark.createDataFrame(List.of(RowFactory.create("uk", "a", chance, lower, upper)), SCORES);
    Dataset<Row> previous =
        spark.createDataFrame(List.of(RowFactory.create("uk", "a", before)), PREVIOUS);
    return MovementState.append(scores, previous).first().getAs("state");
  }
}
