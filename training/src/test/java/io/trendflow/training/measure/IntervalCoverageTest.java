package io.trendflow.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.trendflow.testing.SharedSpark;
import io.trendflow.training.BacktestRow;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedSpark.class)
class IntervalCoverageTest {
  @Test
  void coverageIsPooledOverTheRowsOfAllMarkets(SparkSession spark) {
    // 30 of 30 in uk and none of 10 in fr: 0.75 of the rows, but 0.5 of the markets.
    Stream<BacktestRow> rows =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    BacktestRow.of(i)
                        .in(i < 30 ? "uk" : "fr")
                        .actual(i < 30 ? 5 : 7)
                        .predicted(i)
                        .interval(4, 6));
    assertThat(IntervalCoverage.of(BacktestRow.data(spark, rows)).get(0))
        .isEqualTo(new IntervalCoverage("all", 40, 0, 39, 0.75));
  }

  @Test
  void fifthsAreBoundedByTheQuantilesOfTheExpectedUnits(SparkSession spark) {
    // scipy 1.17.1: scoreatpercentile(x, [20, 40, 60, 80]) of 1, 2, 4, 8, 16, 32, 64 is
    // 2.4, 5.6, 12.8, 28.8. The actual units are in the interval from 8 on.
    Stream<BacktestRow> rows =
        IntStream.of(1, 2, 4, 8, 16, 32, 64)
            .mapToObj(i -> BacktestRow.of(i).actual(8).predicted(i).interval(0, i));
    assertThat(IntervalCoverage.of(BacktestRow.data(spark, rows)))
        .containsExactly(
            new IntervalCoverage("all", 7, 1, 64, 4 / 7.0),
            new IntervalCoverage("volume 1", 2, 1, 2, 0),
            new IntervalCoverage("volume 2", 1, 4, 4, 0),
            new IntervalCoverage("volume 3", 1, 8, 8, 1),
            new IntervalCoverage("volume 4", 1, 16, 16, 1),
            new IntervalCoverage("volume 5", 2, 32, 64, 1));
  }

  @Test
  void rowsOfTheSameExpectedUnitsAreOneVolume(SparkSession spark) {
    Stream<BacktestRow> rows =
        IntStream.range(0, 30).mapToObj(i -> BacktestRow.of(i).predicted(3).interval(0, 1));
    assertThat(IntervalCoverage.of(BacktestRow.data(spark, rows)))
        .extracting(IntervalCoverage::part, IntervalCoverage::rows)
        .containsExactly(tuple("all", 30L), tuple("volume 1", 30L));
  }

  @ParameterizedTest
  @CsvSource({"199, false", "200, true"})
  void aLifecycleIsMeasuredByItselfFrom200Rows(int size, boolean measured, SparkSession spark) {
    Stream<BacktestRow> rows =
        IntStream.range(0, size)
            .mapToObj(
                i -> BacktestRow.of(i).lifecycle("new").actual(i % 4).predicted(1).interval(0, 2));
    List<IntervalCoverage> parts = IntervalCoverage.of(BacktestRow.data(spark, rows));
    assertThat(parts.stream().anyMatch(part -> part.part().equals("new"))).isEqualTo(measured);
    assertThat(parts.get(0).held()).isEqualTo(size == 200 ? 0.75 : 150 / 199.0);
  }

  @Test
  void rowsWithoutIntervalsHaveNoCoverage(SparkSession spark) {
    Stream<BacktestRow> rows = IntStream.range(0, 30).mapToObj(BacktestRow::of);
    assertThat(IntervalCoverage.of(BacktestRow.data(spark, rows))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all | 1234567 | 0 | 999.96 | 0.79949 | all 1234567 rows, 0.0 to 1000.0 units expected:"
            + " 79.9 %",
        "volume 1 | 7 | 0.04 | 1.25 | 1 | volume 1 7 rows, 0.0 to 1.3 units expected: 100.0 %",
        "launch | 200 | 3 | 3 | 0.8006 | launch 200 rows, 3.0 to 3.0 units expected: 80.1 %"
      })
  void aLineForPeopleRoundsToATenth(
      String part, long rows, double least, double most, double held, String line) {
    assertThat(new IntervalCoverage(part, rows, least, most, held).line().replaceAll(" +", " "))
        .isEqualTo(line);
  }
}
