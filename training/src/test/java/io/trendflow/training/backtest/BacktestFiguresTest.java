package io.trendflow.training.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.testing.SharedSpark;
import io.trendflow.training.measure.BacktestReport;
import io.trendflow.training.measure.IntervalCoverage;
import io.trendflow.training.measure.Metric;
import io.trendflow.training.measure.PredictionMethod;
import io.trendflow.training.measure.UpliftCurve;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the figures of handmade rows. */
@ExtendWith(SharedSpark.class)
class BacktestFiguresTest {
  private static final StructType ROWS =
      StructType.fromDDL(
          "cutoff DATE, market STRING, product_id STRING, lifecycle STRING, actual_units DOUBLE,"
              + " expected_units DOUBLE, median_units DOUBLE, lower_units DOUBLE,"
              + " upper_units DOUBLE, baseline_units DOUBLE, last_horizon_units DOUBLE,"
              + " mean_84_units DOUBLE, last_year_units DOUBLE, category_launch_units DOUBLE,"
              + " price DOUBLE");
  private static final LocalDate MAY = LocalDate.parse("2024-05-01");

  private final SparkSession spark;
  private final List<Row> rows = new ArrayList<>();

  BacktestFiguresTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void aLifecycleIsMeasuredInGroupsOfItsOwn() {
    IntStream.range(0, 40).forEach(i -> add("established", i, 10 + i, 10 + i, 0));
    IntStream.range(0, 29).forEach(i -> add("launch", i, 20, 10, 0));
    Map<String, BacktestReport> reports = BacktestReport.byLifecycle(data());
    assertThat(reports.keySet()).containsExactly("established", "launch");
    BacktestReport established = Objects.requireNonNull(reports.get("established"));
    assertThat(established.judgedGroups()).isEqualTo(1);
    assertThat(established.mean(PredictionMethod.MODEL, Metric.WAPE)).hasValue(0);
    BacktestReport launch = Objects.requireNonNull(reports.get("launch"));
    assertThat(launch.judgedGroups()).as("29 rows are not judged").isZero();
    assertThat(launch.rows()).isEqualTo(29);
    assertThat(launch.mean(PredictionMethod.MODEL, Metric.WAPE)).isEmpty();
  }

  @Test
  void coverageIsPooledByVolumeAndByLifecyclesOf200Rows() {
    // Expected units are 0 to 249. The interval is wrong only for the 50 lowest rows; values at its
    // ends count as inside.
    for (int i = 0; i < 250; i++) {
      String lifecycle = i < 199 ? "new" : "established";
      add(lifecycle, i, i, i, 0, i < 50 ? i + 1.0 : i, i < 50 ? i + 2.0 : i);
    }
    IntStream.range(250, 300).forEach(i -> add("established", i, 5, i, 0, null, null));
    List<IntervalCoverage> coverage = IntervalCoverage.of(data());
    assertThat(coverage)
        .extracting(IntervalCoverage::part, IntervalCoverage::rows, IntervalCoverage::held)
        .as(
            "rows without an interval do not count, lifecycles with fewer than 200 rows are left out")
        .containsExactly(
            tuple("all", 250L, 0.8),
            tuple("volume 1", 50L, 0.0),
            tuple("volume 2", 50L, 1.0),
            tuple("volume 3", 50L, 1.0),
            tuple("volume 4", 50L, 1.0),
            tuple("volume 5", 50L, 1.0));
    assertThat(coverage.get(2).leastExpected()).isEqualTo(50);
    assertThat(coverage.get(2).mostExpected()).isEqualTo(99);
    add("new", 301, 1, 1, 0, 0.0, 2.0);
    assertThat(IntervalCoverage.of(data()).get(6))
        .extracting(IntervalCoverage::part, IntervalCoverage::rows)
        .containsExactly("new", 200L);
  }

  @Test
  void calibrationComparesTheTenthsByExpectedUnits() {
    IntStream.range(0, 100).forEach(i -> add("new", i, 2 * i, i, 0));
    List<BacktestFigures.Volume> tenths = BacktestFigures.calibration(data());
    assertThat(tenths).hasSize(10).allMatch(tenth -> tenth.rows() == 10);
    assertThat(tenths.get(0)).isEqualTo(new BacktestFigures.Volume(10, 4.5, 9));
    assertThat(tenths.get(9)).isEqualTo(new BacktestFigures.Volume(10, 94.5, 189));
  }

  @Test
  void theSameExpectedUnitsStayInOneTenth() {
    IntStream.range(0, 100).forEach(i -> add("new", i, 1, i < 50 ? 0 : i, 0));
    assertThat(BacktestFigures.calibration(data()))
        .extracting(BacktestFigures.Volume::rows)
        .containsExactly(50L, 10L, 10L, 10L, 10L, 10L);
  }

  @Test
  void theUpliftCurveSharesOutWhatTheHighestPredictedRealise() {
    // The products sold 0 to 39 units above a baseline of 10; the model ranks them in reverse.
    IntStream.range(0, 40).forEach(i -> add("new", i, 10 + i, 100 - i, 10));
    UpliftCurve curve = UpliftCurve.of(data());
    assertThat(curve.depths()).containsExactly(10, 20);
    assertThat(curve.lines())
        .as("baselines that give every row the same uplift choose nothing")
        .extracting(UpliftCurve.Line::method)
        .containsExactly("model");
    assertThat(curve.lines().get(0).captured()).containsExactly(45 / 345.0, 190 / 590.0);
  }

  @Test
  void anAblationTellsWhatTheFeaturesAddWithItsSign() {
    IntStream.range(0, 40).forEach(i -> add("new", i, 10, 9, 0));
    BacktestReport with = BacktestReport.of(data());
    rows.clear();
    IntStream.range(0, 40).forEach(i -> add("new", i, 10, 7, 0));
    BacktestReport without = BacktestReport.of(data());
    BacktestReport small = new BacktestReport(List.of());
    FeatureAblation ablation =
        FeatureAblation.of(
            "trend_*",
            "r2",
            Map.of("all", with, "launch", small),
            Map.of("all", without, "launch", small));
    assertThat(ablation.parts()).extracting(FeatureAblation.Part::part).containsExactly("all");
    FeatureAblation.Added wape = all(ablation, Metric.WAPE);
    assertThat(wape.with()).isCloseTo(0.1, within(1e-12));
    assertThat(wape.without()).isCloseTo(0.3, within(1e-12));
    assertThat(wape.added()).isCloseTo(-0.2, within(1e-12));
    assertThat(all(ablation, Metric.SPEARMAN).added()).as("undefined for a constant").isNull();
    assertThat(ablation.table().lines().toList())
        .hasSize(4)
        .first()
        .asString()
        .startsWith("less trend_*");
    assertThat(ablation.table()).contains("difference").contains("-0.200").contains("+0.200");
  }

  /** Returns a metric of all rows. */
  private static FeatureAblation.Added all(FeatureAblation ablation, Metric metric) {
    return ablation.parts().get(0).metrics().stream()
        .filter(added -> added.metric().equals(metric.key()))
        .findFirst()
        .orElseThrow();
  }

  private void add(String lifecycle, int product, double actual, double expected, double baseline) {
    add(lifecycle, product, actual, expected, baseline, null, null);
  }

  private void add(
      String lifecycle,
      int product,
      double actual,
      double expected,
      double baseline,
      @Nullable Double lower,
      @Nullable Double upper) {
    rows.add(
        RowFactory.create(
            MAY,
            "uk",
            "p%03d".formatted(product),
            lifecycle,
            actual,
            expected,
            expected,
            lower,
            upper,
            baseline,
            baseline,
            null,
            null,
            null,
            null));
  }

  private Dataset<Row> data() {
    return spark.createDataFrame(rows, ROWS);
  }
}
