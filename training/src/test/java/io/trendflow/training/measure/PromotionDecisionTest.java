package io.trendflow.training.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.testing.SharedSpark;
import io.trendflow.training.BacktestRow;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Decisions on the rows of a backtest, at one origin and at many. */
@ExtendWith(SharedSpark.class)
class PromotionDecisionTest {
  @Test
  void aModelThatSeesWhatTheBaselinesDoNotIsPromotedByOneOriginOrByMany(SparkSession spark) {
    for (int origins : List.of(1, 7, 8, 13)) {
      PromotionDecision promotion = decide(spark, origins, i -> 1);
      assertThat(promotion.promoted()).as(promotion.reason()).isTrue();
      assertThat(promotion.reason())
          .startsWith("The model beats every baseline: WAPE 0.")
          .contains(" of mean_84 (difference -0.")
          .contains(" ± 0.0")
          .contains("Spearman ")
          .contains("qini ")
          .contains("value ");
    }
  }

  @Test
  void aModelThatOnlyAddsNoiseIsNot(SparkSession spark) {
    for (int origins : List.of(1, 13)) {
      PromotionDecision promotion = decide(spark, origins, i -> -1);
      assertThat(promotion.promoted()).as(promotion.reason()).isFalse();
      assertThat(promotion.reason())
          .startsWith("The model does not beat the baselines: WAPE 0.")
          .contains(" of last_horizon (difference +0.");
    }
  }

  @Test
  void nothingJudgedNothingPromoted(SparkSession spark) {
    Dataset<Row> few = rows(spark, 1, 29, i -> 1);
    assertThat(PromotionDecision.decide(BacktestReport.of(few), few))
        .isEqualTo(
            new PromotionDecision(
                false,
                "The backtest has no group of at least 30 rows with sales that the model ranks."));
  }

  private static PromotionDecision decide(
      SparkSession spark, int origins, IntToDoubleFunction seen) {
    Dataset<Row> rows = rows(spark, origins, 120, seen);
    return PromotionDecision.decide(BacktestReport.of(rows), rows);
  }

  /**
   * Products of 20 to 139 units whose sales move by up to 12 units. The model predicts the
   * movement, times {@code seen}, beside noise; the baselines predict about the level.
   */
  private static Dataset<Row> rows(
      SparkSession spark, int origins, int products, IntToDoubleFunction seen) {
    return BacktestRow.data(
        spark,
        IntStream.range(0, origins)
            .boxed()
            .flatMap(
                origin ->
                    IntStream.range(0, products)
                        .mapToObj(
                            i -> {
                              double level = 20 + i;
                              double moves = (37 * i + 11 * origin) % 25 - 12;
                              double noise = (53 * i + 7 * origin) % 7 - 3;
                              return BacktestRow.of(i)
                                  .at(BacktestRow.MAY.plusWeeks(2L * origin))
                                  .actual(level + moves)
                                  .predicted(level + seen.applyAsDouble(i) * moves + noise)
                                  .baseline(level)
                                  .lastHorizon(level + i % 3);
                            })));
  }
}
