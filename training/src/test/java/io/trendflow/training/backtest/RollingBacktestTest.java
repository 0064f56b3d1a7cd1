package io.trendflow.training.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.model.PredictionCalibration;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import io.trendflow.testing.SharedSpark;
import io.trendflow.training.Shop;
import io.trendflow.training.TrainingData;
import io.trendflow.training.measure.BacktestReport;
import io.trendflow.training.measure.Metric;
import io.trendflow.training.measure.PredictionMethod;
import io.trendflow.training.measure.PromotionDecision;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSpark.class)
class RollingBacktestTest {
  private static final LocalDate AS_OF = LocalDate.parse("2024-06-30");
  private static final List<LocalDate> ORIGINS =
      List.of(AS_OF.minusDays(2 * Shop.HORIZON), AS_OF.minusDays(Shop.HORIZON));
  private static final BacktestPlan PLAN =
      new BacktestPlan(ORIGINS, AS_OF, Shop.HORIZON, 10, 1, LocalDate.parse("2024-01-01"));
  private static final List<String> PROGRESS = Collections.synchronizedList(new ArrayList<>());

  private static final Shop SHOP = new Shop(5);
  private static BacktestResult result;

  @BeforeAll
  static void run() {
    SparkSession spark = SharedSpark.session();
    SHOP.with("uk", 120, PLAN.featureCutoffs(false)).with("fr", 20, PLAN.featureCutoffs(false));
    result = backtest(SHOP.data(spark, PLAN.labelCutoffs(false).keySet()), PROGRESS);
  }

  @AfterAll
  static void close() {
    result.close();
  }

  @Test
  void everyPredictionStandsBesideWhatHappenedInTheContractsColumns() {
    assertThat(List.of(result.rows().columns()))
        .isEqualTo(Table.BACKTEST.contract().fields().stream().map(TableField::name).toList());
    assertThat(result.rows().count()).isEqualTo(2 * 140);
    Shop.Label label =
        SHOP.labels.stream()
            .filter(l -> l.cutoff().equals(ORIGINS.get(0)) && l.product().equals("p007"))
            .findFirst()
            .orElseThrow();
    Row row =
        result
            .rows()
            .filter("cutoff = date'%s'".formatted(label.cutoff()))
            .filter("market = '%s' and product_id = 'p007'".formatted(label.market()))
            .first();
    assertThat(row.<Double>getAs("actual_units")).isEqualTo(label.units());
    assertThat(row.<Double>getAs("price")).isEqualTo(9.99);
    assertThat(row.<String>getAs("backtest_id")).isEqualTo("b1");
    assertThat(row.<Double>getAs("lower_units"))
        .isLessThanOrEqualTo(row.<Double>getAs("median_units"));
  }

  @Test
  void theModelFindsTheTrendThatTheBaselinesDoNotSee() {
    BacktestReport report = result.report();
    assertThat(report.judgedGroups()).isEqualTo(2);
    assertThat(report.mean(PredictionMethod.MODEL, Metric.SPEARMAN).orElseThrow())
        .isGreaterThan(report.mean(PredictionMethod.LAST_HORIZON, Metric.SPEARMAN).orElseThrow());
    assertThat(PromotionDecision.decide(report, result.rows()).promoted()).isTrue();
    assertThat(report.mean(PredictionMethod.MODEL, Metric.COVERAGE).orElseThrow())
        .isBetween(0.7, 0.95);
    assertThat(report.mean(PredictionMethod.LAST_YEAR, Metric.WAPE))
        .as("null everywhere and therefore replaced by baseline_units")
        .isEqualTo(report.mean(PredictionMethod.CATEGORY_LAUNCH, Metric.WAPE));
    assertThat(report.table().lines())
        .hasSize(6 + 5 + 1)
        .last()
        .isEqualTo("2 groups with fewer than 30 rows are not judged");
    assertThat(report.table()).contains("uplift@50").contains("last_horizon");
    assertThat(PROGRESS).hasSize(3).allMatch(line -> line.startsWith("fit "));
  }

  @Test
  void theReportFollowsFromTheRows() {
    double wape = 0;
    for (LocalDate origin : ORIGINS) {
      Row sums =
          result
              .rows()
              .filter("market = 'uk' and cutoff = date'%s'".formatted(origin))
              .selectExpr("sum(abs(actual_units - median_units)) / sum(actual_units)")
              .first();
      wape += sums.getDouble(0) / 2;
    }
    assertThat(result.report().mean(PredictionMethod.MODEL, Metric.WAPE).orElseThrow())
        .isCloseTo(wape, within(1e-9));
  }

  @Test
  void anOriginSeesNothingThatWasNotKnownThen(SparkSession spark) {
    LocalDate first = ORIGINS.get(0);
    TrainingData data = SHOP.poisonedAfter(first).data(spark, PLAN.labelCutoffs(false).keySet());
    try (BacktestResult other = backtest(data, new ArrayList<>())) {
      assertThat(predictions(other, first))
          .as("with quantiles, chances and shrunk uplifts")
          .isEqualTo(predictions(result, first))
          .noneMatch(row -> row.isNullAt(row.fieldIndex("chance")));
      assertThat(predictions(other, ORIGINS.get(1)))
          .as("labels that became known later count later")
          .isNotEqualTo(predictions(result, ORIGINS.get(1)));
    }
  }

  @Test
  void withoutAWarmUpTheFirstOriginHasNoInterval(SparkSession spark) {
    BacktestPlan young =
        new BacktestPlan(ORIGINS, AS_OF, Shop.HORIZON, 4, 1, ORIGINS.get(0).minusWeeks(8));
    assertThat(young.warmUp()).isEmpty();
    TrainingData data = SHOP.data(spark, young.labelCutoffs(false).keySet());
    try (BacktestResult other =
        RollingBacktest.run(
            data, Shop.recipe(), Set.of(Shop.recipe()), young, Shop.lineage(), "b2", line -> {})) {
      Dataset<Row> without = other.rows().filter("lower_units is null or upper_units is null");
      assertThat(without.select("cutoff").distinct().collectAsList())
          .extracting(row -> row.getAs(0))
          .containsExactly(ORIGINS.get(0));
      assertThat(without.filter("chance is not null or units_q05 is not null").count()).isZero();
      assertThat(other.calibration().residuals().all()).isNotNull();
    }
  }

  @Test
  void theFinalCalibrationFollowsFromTheLabelsKnownAtItsDay(SparkSession spark) {
    Shop poisoned = new Shop(0);
    poisoned.rows.addAll(SHOP.rows);
    LocalDate last = ORIGINS.get(1);
    for (Shop.Label label : SHOP.labels) {
      double units = label.cutoff().equals(last) ? 5000 - label.units() : label.units();
      poisoned.labels.add(label.with(units));
    }
    TrainingData data = poisoned.data(spark, PLAN.labelCutoffs(false).keySet());
    try (BacktestResult other = backtest(data, new ArrayList<>())) {
      PredictionCalibration before = result.calibration();
      PredictionCalibration after = other.calibration();
      assertThat(after.residuals()).isNotEqualTo(before.residuals());
      assertThat(after.chances()).isNotEqualTo(before.chances());
      assertThat(after.uplift()).isNotEqualTo(before.uplift());
    }
  }

  private static BacktestResult backtest(TrainingData data, List<String> progress) {
    return RollingBacktest.run(
        data, Shop.recipe(), Set.of(Shop.recipe()), PLAN, Shop.lineage(), "b1", progress::add);
  }

  private static List<Row> predictions(BacktestResult result, LocalDate origin) {
    return result
        .rows()
        .filter("cutoff = date'%s'".formatted(origin))
        .orderBy("market", "product_id")
        .select(
            "product_id",
            "raw_prediction",
            "expected_units",
            "lower_units",
            "upper_units",
            "units_q25",
            "units_q95",
            "chance")
        .collectAsList();
  }
}
