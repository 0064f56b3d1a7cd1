package io.trendflow.training.measure;

import static io.trendflow.training.BacktestRow.MAY;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.model.MetricValue;
import io.trendflow.testing.SharedSpark;
import io.trendflow.training.BacktestRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedSpark.class)
class BacktestReportTest {
  @Test
  void aMeanWeighsEveryGroupTheSame() {
    BacktestReport report = report(group("uk", 30, 0.1), group("fr", 3000, 0.5));
    assertThat(mean(report, Metric.WAPE)).isCloseTo(0.3, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.4", "29, 0.4", "30, 0.7", "100, 0.7"})
  void aGroupCountsInTheMeanFrom30Rows(long rows, double mean) {
    BacktestReport report = report(group("uk", 200, 0.4), group("fr", rows, 1.0));
    assertThat(mean(report, Metric.WAPE)).isCloseTo(mean, within(1e-15));
    assertThat(report.judgedGroups()).isEqualTo(rows < 30 ? 1 : 2);
    assertThat(report.rows()).as("small groups included").isEqualTo(200 + rows);
  }

  @Test
  void aGroupWhereTheMetricIsUndefinedIsLeftOutOfItsMean() {
    BacktestReport report = report(group("uk", 50, 0.4), group("fr", 50, null));
    assertThat(mean(report, Metric.WAPE)).isEqualTo(0.4);
    assertThat(report.judgedGroups()).as("its other metrics count").isEqualTo(2);
    assertThat(report(group("fr", 50, null)).mean(PredictionMethod.MODEL, Metric.WAPE)).isEmpty();
  }

  @Test
  void aMeanIsOfOneMethodAndOneMetric() {
    BacktestReport report =
        report(
            group("uk", 50, 0.4),
            new GroupMetric(MAY, "uk", 50, PredictionMethod.MEAN_84, Metric.WAPE, 0.9),
            new GroupMetric(MAY, "uk", 50, PredictionMethod.MODEL, Metric.MAE, 7.0));
    assertThat(mean(report, Metric.WAPE)).isEqualTo(0.4);
    assertThat(mean(report, Metric.MAE)).isEqualTo(7);
    assertThat(report.mean(PredictionMethod.MEAN_84, Metric.WAPE)).hasValue(0.9);
    assertThat(report.mean(PredictionMethod.MEAN_84, Metric.MAE)).isEmpty();
    assertThat(report.rows()).as("a group's rows count once").isEqualTo(50);
  }

  @Test
  void reportsAndCurvesOfManyTasksAreThoseOfFew(SparkSession spark) {
    SparkSession many = spark.newSession();
    many.conf().set("spark.sql.shuffle.partitions", 12);
    List<Row> rows =
        BacktestRow.rows(
            IntStream.range(0, 900)
                .mapToObj(
                    i ->
                        BacktestRow.of(i)
                            .in(i % 9 == 0 ? "fr" : "uk")
                            .lifecycle(i % 4 == 0 ? "new" : "established")
                            .baseline((11 * i + 5) % 23)
                            .actual((37 * i) % 101 / 7.0)
                            .predicted((53 * i + 7) % 97 / 3.0)
                            .lastHorizon(i % 13)));
    BacktestReport report = BacktestReport.of(BacktestRow.data(many, rows));
    assertThat(report.means()).isEqualTo(BacktestReport.of(BacktestRow.data(spark, rows)).means());
    assertThat(report.rows()).isEqualTo(900);
    assertThat(lifecycleMeans(many, rows)).hasSize(2).isEqualTo(lifecycleMeans(spark, rows));
    assertThat(UpliftCurve.of(BacktestRow.data(many, rows)))
        .isEqualTo(UpliftCurve.of(BacktestRow.data(spark, rows)));
  }

  private static List<List<MetricValue>> lifecycleMeans(SparkSession spark, List<Row> rows) {
    return BacktestReport.byLifecycle(BacktestRow.data(spark, rows)).values().stream()
        .map(BacktestReport::means)
        .toList();
  }

  @Test
  void theMeansNameEveryMethodAndMetricOnceAlsoTheUndefinedOnes() {
    List<MetricValue> means = report(group("uk", 50, 0.4)).means();
    assertThat(means).hasSize(5 * 15).doesNotHaveDuplicates();
    assertThat(means.get(0)).isEqualTo(new MetricValue("model", "wape", 0.4, null));
    assertThat(means.subList(1, 75)).extracting(MetricValue::value).containsOnlyNulls();
    assertThat(means.get(15)).extracting(MetricValue::method).isEqualTo("last_horizon");
  }

  @Test
  void theErrorIsOverTheOriginsMeans() {
    // statsmodels 0.15.0 as in NeweyWestTest, of (7 i + 3) mod 11 / 10 at the origins i of 0 to 7,
    // each the mean of two markets; the markets' difference does not count.
    List<GroupMetric> groups = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      double value = (7 * i + 3) % 11 / 10.0;
      LocalDate day = MAY.plusWeeks(2L * i);
      groups.add(at(day, "uk", 40, value + 0.3));
      groups.add(at(day, "fr", 40, value - 0.3));
      groups.add(at(day, "de", 29, 99.0));
      groups.add(new GroupMetric(day, "uk", 40, PredictionMethod.MEAN_84, Metric.WAPE, 0.1));
    }
    BacktestReport report = new BacktestReport(groups);
    assertThat(report.standardError(PredictionMethod.MODEL, Metric.WAPE))
        .isCloseTo(0.05762215285808054, within(1e-12));
    assertThat(report.means().get(0).standardError()).isCloseTo(0.05762215285808054, within(1e-12));
    assertThat(report.judgedOrigins()).isEqualTo(8);
    assertThat(report.standardError(PredictionMethod.MODEL, Metric.MAE)).isNull();
    PairedDifference difference =
        requireNonNull(report.lessBaseline(PredictionMethod.MEAN_84, Metric.WAPE));
    assertThat(difference.one()).as("uk alone has both").isCloseTo(0.55 + 0.3, within(1e-12));
    assertThat(difference.other()).isCloseTo(0.1, within(1e-12));
    assertThat(report.differences())
        .hasSize(4 * 15)
        .filteredOn(value -> value.value() != null)
        .singleElement()
        .satisfies(
            value -> {
              assertThat(value.method()).isEqualTo("mean_84");
              assertThat(value.value()).isCloseTo(0.75, within(1e-12));
              assertThat(value.standardError()).isEqualTo(difference.standardError());
            });
    PairedDifference none = requireNonNull(report.less(report, Metric.WAPE));
    assertThat(none.difference()).isZero();
    assertThat(none.isBetter() || none.isWorse()).isFalse();
  }

  @Test
  void groupsAreSortedByCutoffThenMarket() {
    BacktestReport report =
        report(at(MAY.plusDays(28), "fr", 40, 1.0), group("uk", 40, 1.0), group("de", 40, 1.0));
    assertThat(report.groups())
        .extracting(GroupMetric::group)
        .containsExactly("2024-05-01 de", "2024-05-01 uk", "2024-05-29 fr");
  }

  @Test
  void theTableSaysHowManyGroupsAreTooSmall() {
    assertThat(report(group("uk", 30, 0.4)).table())
        .contains("model                  1     0.400")
        .doesNotContain("not judged");
    assertThat(report(group("uk", 29, 0.4), group("fr", 7, 0.1), group("de", 30, 0.2)).table())
        .contains("model                  1     0.200")
        .endsWith("2 groups with fewer than 30 rows are not judged");
  }

  @Test
  void rowsAreGroupedByCutoffAndMarketWhateverTheirOrder(SparkSession spark) {
    // Errors of 1 unit of 10 in uk, 2 in fr, 4 in uk at the later cutoff, which has 29 rows.
    List<BacktestRow> rows = new ArrayList<>();
    IntStream.range(0, 30)
        .forEach(
            i -> {
              rows.add(BacktestRow.of(i).actual(10).predicted(11));
              rows.add(BacktestRow.of(i).in("fr").actual(10).predicted(8));
              rows.add(BacktestRow.of(i).at(MAY.plusDays(28)).actual(10).predicted(14));
            });
    rows.remove(rows.size() - 1);
    BacktestReport report =
        BacktestReport.of(BacktestRow.data(spark, rows.stream()).repartition(3));
    assertThat(report.groups())
        .filteredOn(m -> m.method() == PredictionMethod.MODEL && m.metric() == Metric.WAPE)
        .extracting(GroupMetric::group, GroupMetric::rows, GroupMetric::value)
        .containsExactly(
            tuple("2024-05-01 fr", 30L, 0.2),
            tuple("2024-05-01 uk", 30L, 0.1),
            tuple("2024-05-29 uk", 29L, 0.4));
    assertThat(mean(report, Metric.WAPE)).isCloseTo(0.15, within(1e-15));
    assertThat(mean(report, Metric.BIAS)).isCloseTo((0.1 - 0.2) / 2, within(1e-12));
    assertThat(report.rows()).isEqualTo(89);
  }

  @Test
  void aLifecycleIsMeasuredInGroupsOfItsOwn(SparkSession spark) {
    Stream<BacktestRow> rows =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    BacktestRow.of(i)
                        .lifecycle(i % 2 == 0 ? "new" : "established")
                        .actual(10)
                        .predicted(i % 2 == 0 ? 15 : 10));
    var reports = BacktestReport.byLifecycle(BacktestRow.data(spark, rows));
    assertThat(reports.keySet()).containsExactly("established", "new");
    assertThat(reports.values())
        .extracting(report -> mean(report, Metric.WAPE))
        .containsExactly(0.0, 0.5);
    assertThat(reports.values()).extracting(BacktestReport::judgedGroups).containsExactly(1L, 1L);
  }

  private static BacktestReport report(GroupMetric... groups) {
    return new BacktestReport(List.of(groups));
  }

  private static GroupMetric group(String market, long rows, @Nullable Double wape) {
    return at(MAY, market, rows, wape);
  }

  private static GroupMetric at(LocalDate cutoff, String market, long rows, @Nullable Double wape) {
    return new GroupMetric(cutoff, market, rows, PredictionMethod.MODEL, Metric.WAPE, wape);
  }

  private static double mean(BacktestReport report, Metric metric) {
    return report.mean(PredictionMethod.MODEL, metric).orElseThrow();
  }
}
