package io.trendflow.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.testing.SharedSpark;
import io.trendflow.training.BacktestRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedSpark.class)
class UpliftCurveTest {
  @Test
  void aCurveIsTheMeanShareOfTheGroupsWhateverTheirSize(SparkSession spark) {
    // uk: product i of 40 gains i and the model takes the lowest first: 45 of the best 10's 345,
    // 190
    // of the best 20's 590. fr: the best 10 of 30 gain 1 each and are taken first.
    UpliftCurve curve =
        curve(
            spark,
            Stream.concat(
                IntStream.range(0, 40).mapToObj(i -> BacktestRow.of(i).actual(i).predicted(-i)),
                IntStream.range(0, 30)
                    .mapToObj(
                        i -> BacktestRow.of(i).in("fr").actual(i < 10 ? 1 : 0).predicted(-i))));
    assertThat(curve.depths()).containsExactly(10, 20);
    assertThat(captured(curve, "model").get(0)).isCloseTo((45 / 345.0 + 1) / 2, within(1e-12));
    assertThat(captured(curve, "model").get(1))
        .as("fr has fewer than 40 rows")
        .isCloseTo(190 / 590.0, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"29, 0", "30, 1", "39, 1", "40, 2", "100, 5", "399, 19", "400, 20", "450, 20"})
  void thereIsADepthForEveryTwentyRowsUpTo200(int size, int depths, SparkSession spark) {
    UpliftCurve curve =
        curve(
            spark,
            IntStream.range(0, size).mapToObj(i -> BacktestRow.of(i).actual(i).predicted(i)));
    assertThat(curve.depths())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, depths).map(i -> 10 * i).boxed().toList());
    assertThat(curve.lines()).allMatch(line -> line.captured().size() == depths);
    assertThat(curve.lines().isEmpty()).isEqualTo(size < 30);
  }

  @Test
  void groupsUnder30RowsDoNotCount(SparkSession spark) {
    UpliftCurve curve =
        curve(
            spark,
            Stream.concat(
                IntStream.range(0, 30).mapToObj(i -> BacktestRow.of(i).actual(i).predicted(i)),
                IntStream.range(0, 29)
                    .mapToObj(i -> BacktestRow.of(i).in("fr").actual(i).predicted(-i))));
    assertThat(captured(curve, "model")).containsExactly(1.0);
  }

  @Test
  void at50ItIsTheUpliftOfTheTableWhicheverGroupsDefineIt(SparkSession spark) {
    List<BacktestRow> rows = new ArrayList<>();
    for (int origin = 0; origin < 3; origin++) {
      for (int i = 0; i < 120 - 15 * origin; i++) {
        rows.add(
            BacktestRow.of(i)
                .at(BacktestRow.MAY.plusWeeks(origin))
                .baseline((11 * i + 5) % 23)
                .actual((37 * i + 11 * origin) % 101)
                .predicted((53 * i + 7) % 97)
                .lastHorizon(origin == 0 ? (11 * i + 5) % 23 : i));
      }
    }
    BacktestReport report = BacktestReport.of(BacktestRow.data(spark, rows.stream()));
    UpliftCurve curve = curve(spark, rows.stream());
    for (PredictionMethod method : List.of(PredictionMethod.MODEL, PredictionMethod.LAST_HORIZON)) {
      assertThat(captured(curve, method.key()).get(4))
          .isCloseTo(report.mean(method, Metric.UPLIFT_50).orElseThrow(), within(1e-12));
    }
  }

  @Test
  void upliftIsAboveTheBaselineAndTiesAreTakenByProduct(SparkSession spark) {
    // Products 0 to 19 are predicted to gain the same. Even ones gain 2 units, odd ones lose 1: the
    // first 10 gain 5, the best 10 gain 20.
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
    assertThat(captured(curve, "model")).containsExactly(0.25);
  }

  @Test
  void aMethodThatChoosesNothingInAGroupHasTheCurveOfTheOthers(SparkSession spark) {
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
                                        .lastHorizon(7))));
    assertThat(curve.lines()).extracting(UpliftCurve.Line::method).containsExactly("model");
    assertThat(captured(curve, "model")).containsExactly(1.0);
  }

  private static Stream<BacktestRow> shuffled(Stream<BacktestRow> rows) {
    List<BacktestRow> list = new ArrayList<>(rows.toList());
    Collections.shuffle(list, new Random(3));
    return list.stream();
  }

  private static UpliftCurve curve(SparkSession spark, Stream<BacktestRow> rows) {
    return UpliftCurve.of(BacktestRow.data(spark, rows));
  }

  private static List<@Nullable Double> captured(UpliftCurve curve, String method) {
    return curve.lines().stream()
        .filter(line -> line.method().equals(method))
        .findFirst()
        .orElseThrow()
        .captured();
  }
}
