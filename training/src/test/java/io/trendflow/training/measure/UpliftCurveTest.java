package io.trendflow.training.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.testing.SharedSpark;
import io.trendflow.training.BacktestRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedSpark.class)
class UpliftCurveTest {
  @Test
  void aCurveIsTheMeanOfTheGroupsWhateverTheirSize(SparkSession spark) {
    // The model picks the best first. In uk every product of the 40 gains its number, 0 to 39; in
    // fr the best 10 of 30 gain 1 each and the others nothing.
    UpliftCurve curve =
        curve(
            spark,
            Stream.concat(
                IntStream.range(0, 40).mapToObj(i -> BacktestRow.of(i).actual(i).predicted(i)),
                IntStream.range(0, 30)
                    .mapToObj(
                        i -> BacktestRow.of(i).in("fr").actual(i < 10 ? 1 : 0).predicted(-i))));
    assertThat(curve.depths()).containsExactly(10, 20, 30, 40);
    // uk: 39 + ... + 30 = 345, 590, 735, 780; fr: 10, and no more at any depth.
    assertThat(uplift(curve, "model")).containsExactly(177.5, 300.0, 372.5, 395.0);
    assertThat(uplift(curve, UpliftCurve.HINDSIGHT)).isEqualTo(uplift(curve, "model"));
  }

  @ParameterizedTest
  @CsvSource({"29, 0", "30, 3", "31, 4", "40, 4", "100, 10", "199, 20", "200, 20", "250, 20"})
  void thereIsADepthForEveryTenRowsUpTo200(int size, int depths, SparkSession spark) {
    UpliftCurve curve =
        curve(
            spark,
            IntStream.range(0, size).mapToObj(i -> BacktestRow.of(i).actual(i).predicted(i)));
    assertThat(curve.depths())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, depths).map(i -> 10 * i).boxed().toList());
    assertThat(curve.lines()).allMatch(line -> line.uplift().size() == depths);
    assertThat(curve.lines().isEmpty()).isEqualTo(size < 30);
  }

  @Test
  void groupsUnder30RowsDoNotCount(SparkSession spark) {
    UpliftCurve curve =
        curve(
            spark,
            Stream.concat(
                IntStream.range(0, 30).mapToObj(i -> BacktestRow.of(i).actual(1).predicted(i)),
                IntStream.range(0, 29)
                    .mapToObj(i -> BacktestRow.of(i).in("fr").actual(99).predicted(i))));
    assertThat(uplift(curve, "model")).containsExactly(10.0, 20.0, 30.0);
  }

  @Test
  void upliftIsAboveTheBaselineAndTiesAreTakenByProduct(SparkSession spark) {
    // Products 0 to 19 are predicted to gain the same. Even ones gain 2 units, odd ones lose 1.
    UpliftCurve curve =
        curve(
            spark,
            shuffled(
                IntStream.range(0, 30)
                    .mapToObj(
                        i ->
                            BacktestRow.of(i)
                                .baseline(10 + i)
                                .actual(10 + i + (i % 2 == 0 ? 2 : -1))
                                .predicted(10 + i + (i < 20 ? 5 : 0)))));
    assertThat(uplift(curve, "model")).containsExactly(5.0, 10.0, 15.0);
    // The best 15 gain 30; five of the others lose 5 and all 15 lose 15.
    assertThat(uplift(curve, UpliftCurve.HINDSIGHT)).containsExactly(20.0, 25.0, 15.0);
  }

  @Test
  void aMethodThatChoosesNothingInOneGroupHasNoCurve(SparkSession spark) {
    UpliftCurve curve =
        curve(
            spark,
            Stream.of("uk", "fr")
                .flatMap(
                    market ->
                        IntStream.range(0, 30)
                            .mapToObj(
                                i ->
                                    BacktestRow.of(i)
                                        .in(market)
                                        .actual(i)
                                        .predicted(market.equals("uk") ? i : 7)
                                        .lastHorizon(2 * i))));
    assertThat(curve.lines())
        .extracting(UpliftCurve.Line::method)
        .containsExactly(UpliftCurve.HINDSIGHT, "last_horizon");
  }

  private static Stream<BacktestRow> shuffled(Stream<BacktestRow> rows) {
    List<BacktestRow> list = new ArrayList<>(rows.toList());
    Collections.shuffle(list, new Random(3));
    return list.stream();
  }

  private static UpliftCurve curve(SparkSession spark, Stream<BacktestRow> rows) {
    return UpliftCurve.of(BacktestRow.data(spark, rows));
  }

  private static List<Double> uplift(UpliftCurve curve, String method) {
    return curve.lines().stream()
        .filter(line -> line.method().equals(method))
        .findFirst()
        .orElseThrow()
        .uplift();
  }
}
