package io.trendflow.training.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.testing.SharedSpark;
import io.trendflow.training.BacktestRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The measurement of the methods in a group. */
class GroupEvaluatorTest {
  private static final int METHOD = 4;
  private static final int METRIC = 5;
  private static final int VALUE = 6;

  @Test
  void everyMethodIsMeasuredByEveryMetric() {
    List<Row> measured = measure(Stream.of(BacktestRow.of("a").actual(2).predicted(3)));
    List<String> expected = new ArrayList<>();
    for (PredictionMethod method : PredictionMethod.values()) {
      Arrays.stream(Metric.values()).forEach(metric -> expected.add(method + " " + metric));
    }
    assertThat(measured)
        .extracting(row -> row.getString(METHOD) + " " + row.getString(METRIC))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 29, 30, 100})
  void aGroupHasTheNumberOfItsRowsAndTheNamesOfTheFirst(int size) {
    Row first =
        measure(
                IntStream.range(0, size)
                    .mapToObj(i -> BacktestRow.of(i).in("fr").lifecycle(i == 0 ? "new" : "launch")))
            .get(0);
    assertThat(first.get(0)).isEqualTo(BacktestRow.MAY);
    assertThat(first.getString(1)).isEqualTo("fr");
    assertThat(first.getString(2)).isEqualTo("new");
    assertThat(first.getLong(3)).isEqualTo(size);
  }

  @Test
  void theModelErrsByItsMedianAndIsBiasedByItsMean() {
    List<Row> measured =
        measure(
            Stream.of(
                BacktestRow.of("a").actual(10).predicted(12, 9).interval(8, 14),
                BacktestRow.of("b").actual(30).predicted(36, 27).interval(31, 41)));
    // |10 - 9| + |30 - 27| of 40; 12 + 36 of 40; one of two; 6 and 10.
    assertThat(value(measured, PredictionMethod.MODEL, Metric.WAPE)).isEqualTo(0.1);
    assertThat(value(measured, PredictionMethod.MODEL, Metric.MAE)).isEqualTo(2);
    assertThat(value(measured, PredictionMethod.MODEL, Metric.BIAS)).isEqualTo(48 / 40.0 - 1);
    assertThat(value(measured, PredictionMethod.MODEL, Metric.COVERAGE)).isEqualTo(0.5);
    assertThat(value(measured, PredictionMethod.MODEL, Metric.WIDTH)).isEqualTo(8);
  }

  @Test
  void aBaselineWithoutUnitsIsJudgedByTheRowsBaseline() {
    List<Row> measured =
        measure(
            Stream.of(
                BacktestRow.of("a").actual(10).baseline(6).lastHorizon(9),
                BacktestRow.of("b").actual(10).baseline(7)));
    // last_horizon takes 9 and, for b, baseline_units 7; mean_84 has no units and takes 6 and 7.
    assertThat(value(measured, PredictionMethod.LAST_HORIZON, Metric.WAPE)).isEqualTo(4 / 20.0);
    assertThat(value(measured, PredictionMethod.MEAN_84, Metric.WAPE)).isEqualTo(7 / 20.0);
    assertThat(value(measured, PredictionMethod.LAST_HORIZON, Metric.BIAS))
        .isEqualTo(16 / 20.0 - 1);
    assertThat(value(measured, PredictionMethod.MODEL, Metric.WAPE)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(value = PredictionMethod.class, names = "MODEL", mode = EnumSource.Mode.EXCLUDE)
  void aBaselineHasNoInterval(PredictionMethod baseline) {
    List<Row> measured =
        measure(Stream.of(BacktestRow.of("a").actual(1).lastHorizon(1).interval(0, 9)));
    assertThat(value(measured, PredictionMethod.MODEL, Metric.COVERAGE)).isEqualTo(1);
    assertThat(value(measured, baseline, Metric.COVERAGE)).isNull();
    assertThat(value(measured, baseline, Metric.WIDTH)).isNull();
  }

  @Test
  void aMissingPriceIsTheMedianOfTheOthers() {
    List<Row> rows =
        BacktestRow.rows(
            Stream.of(
                BacktestRow.of("a").price(1),
                BacktestRow.of("b"),
                BacktestRow.of("c").price(4),
                BacktestRow.of("d").price(9),
                BacktestRow.of("e").price(2)));
    assertThat(GroupEvaluator.judged(rows).price()).containsExactly(1, 3, 4, 9, 2);
    List<Row> unknown = BacktestRow.rows(Stream.of(BacktestRow.of("a"), BacktestRow.of("b")));
    assertThat(GroupEvaluator.judged(unknown).price())
        .as("all products weigh the same")
        .containsExactly(1, 1);
  }

  @Test
  void rowsWithoutAnIntervalDoNotCountInItsCoverage() {
    List<Row> measured =
        measure(
            Stream.of(BacktestRow.of("a").actual(1).interval(0, 2), BacktestRow.of("b").actual(1)));
    assertThat(value(measured, PredictionMethod.MODEL, Metric.COVERAGE)).isEqualTo(1);
    assertThat(value(measured, PredictionMethod.MODEL, Metric.WIDTH)).isEqualTo(2);
  }

  @Test
  void theOrderInWhichRowsArriveChangesNoBit() {
    List<Row> rows =
        new ArrayList<>(
            BacktestRow.rows(
                IntStream.range(0, 120)
                    .mapToObj(
                        i -> BacktestRow.of(i).actual(1.0 / (i + 1)).predicted(0.1 * (i % 7)))));
    List<Row> measured = measure(rows);
    Collections.shuffle(rows, new Random(1));
    assertThat(measure(rows)).isEqualTo(measured);
  }

  @Test
  void productsAreSortedAsStrings() {
    List<Row> rows =
        GroupEvaluator.byProduct(
            BacktestRow.rows(Stream.of("p2", "p10", "P3", "p1").map(BacktestRow::of)).iterator());
    assertThat(rows)
        .extracting(row -> row.<String>getAs("product_id"))
        .containsExactly("P3", "p1", "p10", "p2");
  }

  private static List<Row> measure(Stream<BacktestRow> rows) {
    return measure(BacktestRow.rows(rows));
  }

  private static List<Row> measure(List<Row> rows) {
    List<Row> measured = new ArrayList<>();
    List<Row> ofMethods =
        MethodRows.of(BacktestRow.data(SharedSpark.session(), rows)).collectAsList();
    for (PredictionMethod method : PredictionMethod.values()) {
      List<Row> own = ofMethods.stream().filter(row -> MethodRows.method(row) == method).toList();
      new GroupEvaluator().call("", own.iterator()).forEachRemaining(measured::add);
    }
    return measured;
  }

  private static @Nullable Double value(
      List<Row> measured, PredictionMethod method, Metric metric) {
    return (Double)
        measured.stream()
            .filter(row -> row.getString(METHOD).equals(method.name()))
            .filter(row -> row.getString(METRIC).equals(metric.name()))
            .findFirst()
            .orElseThrow()
            .get(VALUE);
  }
}
