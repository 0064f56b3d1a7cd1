package io.trendflow.scoring;

import static io.trendflow.scoring.TestRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.model.InputFeature;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.Tree;
import io.trendflow.model.TrendModel;
import io.trendflow.testing.SharedSpark;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SharedSpark.class)
class ScoreReasonsTest {
  private static final List<String> LIFECYCLES = List.of("established");

  @ParameterizedTest
  @EnumSource
  void theReasonsOfEveryScoredRowAddUpToItsPrediction(PredictionTarget target, SparkSession spark) {
    TrendModel model = TestRows.model(target, PredictionCalibration.unknown());
    Dataset<Row> rows =
        TestRows.of(
            spark,
            row("uk", "a", 1.0, 1, 1.0, "blue"),
            row("uk", "b", 1.0, 20, 2.0, "red"),
            row("uk", "c", 1.0, 0, 3.0, "never seen"),
            row("uk", "d", 1.0, 1, null, null));
    List<Row> scores = Scorer.score(rows, model, LIFECYCLES, Optional.empty()).collectAsList();
    assertThat(scores).hasSize(4);
    for (Row score : scores) {
      double sum = reasons(score).stream().mapToDouble(r -> r.<Double>getAs("contribution")).sum();
      double raw = Math.log1p(score.<Double>getAs("median_units"));
      double base = model.explainer().baseValue(score.<Double>getAs("baseline_units"));
      assertThat(base + sum).isCloseTo(raw, within(1e-9));
    }
  }

  @Test
  void valuesAreAsPeopleCountThem(SparkSession spark) {
    Dataset<Row> rows =
        TestRows.of(spark, row("uk", "a", 1.0, 1, 3.0, "red"), row("uk", "b", 1.0, 1, null, null));
    Dataset<Row> scores =
        Scorer.score(
            rows, TestRows.model(PredictionCalibration.unknown()), LIFECYCLES, Optional.empty());
    List<Row> a = reasons(scores.filter("product_id = 'a'").first());
    // The thresholds halve the examples; the contribution of red is a quarter.
    assertReason(a.get(0), "log_units", Math.expm1(3), null, "units", 1);
    assertReason(a.get(1), "colour", null, "red", null, 0.25);
    List<Row> b = reasons(scores.filter("product_id = 'b'").first());
    assertReason(b.get(0), "log_units", null, null, "units", -1);
    assertReason(b.get(1), "colour", null, null, null, -0.25);
  }

  @Test
  void theFiveLargestAreKeptAndNoneThatCountsForNothing(SparkSession spark) {
    assertThat(names(ScoreReasons.append(tenNumbers(spark), sumOfStumps(10))))
        .containsExactly("f9", "f8", "f7", "f6", "f5");
    assertThat(names(ScoreReasons.append(tenNumbers(spark), sumOfStumps(3))))
        .containsExactly("f2", "f1", "f0");
  }

  /** Returns one row of the numbers f0 to f9, half of them above the stumps' threshold. */
  private static Dataset<Row> tenNumbers(SparkSession spark) {
    return spark
        .range(1)
        .selectExpr(
            IntStream.range(0, 10)
                .mapToObj(f -> "%dD f%d".formatted(f % 2, f))
                .toArray(String[]::new));
  }

  /**
   * Returns a model of ten features that uses the first {@code used}, each with a larger
   * contribution than the previous one.
   */
  private static TrendModel sumOfStumps(int used) {
    List<InputFeature> features =
        IntStream.range(0, 10).mapToObj(f -> InputFeature.numeric("f" + f, "days")).toList();
    List<Tree> trees =
        IntStream.range(0, used)
            .mapToObj(f -> TestRows.stump(f, 0.5, new int[0], -1 - f, 1 + f))
            .toList();
    return TestRows.model(PredictionTarget.UNITS, features, trees, PredictionCalibration.unknown());
  }

  private static List<String> names(Dataset<Row> explained) {
    return reasons(explained.first()).stream().map(r -> r.<String>getAs("feature")).toList();
  }

  private static List<Row> reasons(Row row) {
    return row.getList(row.fieldIndex("reasons"));
  }

  private static void assertReason(
      Row reason,
      String feature,
      @Nullable Double value,
      @Nullable String category,
      @Nullable String unit,
      double contribution) {
    assertThat(reason.<String>getAs("feature")).isEqualTo(feature);
    assertThat(reason.<Double>getAs("value")).isEqualTo(value);
    assertThat(reason.<String>getAs("category")).isEqualTo(category);
    assertThat(reason.<String>getAs("unit")).isEqualTo(unit);
    assertThat(reason.<Double>getAs("contribution")).isCloseTo(contribution, within(1e-9));
    double times = 1 + reason.<Double>getAs("effect") / 100;
    assertThat(times).isCloseTo(Math.exp(contribution), within(1e-9));
  }
}
