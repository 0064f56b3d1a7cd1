package io.trendflow.training.backtest;

import static io.trendflow.training.BacktestRow.MAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.training.measure.BacktestReport;
import io.trendflow.training.measure.GroupMetric;
import io.trendflow.training.measure.Metric;
import io.trendflow.training.measure.PredictionMethod;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureAblationTest {
  @ParameterizedTest
  @CsvSource({"0.5, 0.6, -0.1", "0.6, 0.5, 0.1", "0.5, 0.5, 0", "0.5,,", ",0.5,", ",,"})
  void whatFeaturesAddIsTheMetricWithLessTheMetricWithoutThem(
      @Nullable Double with, @Nullable Double without, @Nullable Double added) {
    FeatureAblation.Added wape =
        ablation(Map.of("all", report(50, with)), Map.of("all", report(50, without)))
            .parts()
            .get(0)
            .metrics()
            .get(0);
    assertThat(wape.metric()).isEqualTo("wape");
    assertThat(wape.with()).isEqualTo(with);
    assertThat(wape.without()).isEqualTo(without);
    if (added == null) {
      assertThat(wape.added()).isNull();
    } else {
      assertThat(wape.added()).isCloseTo(added, within(1e-12));
    }
  }

  @Test
  void partsKeepTheirOrderAndThoseWithoutAGroupOf30RowsAreLeftOut() {
    Map<String, BacktestReport> with = new LinkedHashMap<>();
    with.put("new", report(30, 0.1));
    with.put("launch", report(29, 0.1));
    with.put("all", report(100, 0.1));
    with.put("dormant", report(100, 0.1));
    Map<String, BacktestReport> without =
        Map.of("all", report(100, 0.2), "new", report(30, 0.2), "launch", report(29, 0.2));
    assertThat(ablation(with, without).parts())
        .as("dormant has no rows without the features")
        .extracting(FeatureAblation.Part::part)
        .containsExactly("new", "all");
  }

  @Test
  void onlyTheModelIsCompared() {
    BacktestReport baseline =
        new BacktestReport(
            List.of(
                new GroupMetric(MAY, "uk", 50, PredictionMethod.MEAN_84, Metric.WAPE, 0.7),
                new GroupMetric(MAY, "uk", 50, PredictionMethod.MODEL, Metric.MAE, 3.0)));
    FeatureAblation.Part part =
        ablation(Map.of("all", baseline), Map.of("all", baseline)).parts().get(0);
    assertThat(part.groups()).isEqualTo(1);
    assertThat(part.metrics())
        .filteredOn(metric -> metric.with() != null)
        .containsExactly(new FeatureAblation.Added("mae", 3.0, 3.0, 0.0, null));
  }

  @Test
  void fromEightOriginsTheDifferenceHasAnErrorAndTheTableALineOfIt() {
    // statsmodels 0.15.0 as in NeweyWestTest: differences of (7 i + 3) mod 11 / 10.
    List<GroupMetric> with = new ArrayList<>();
    List<GroupMetric> without = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      with.add(at(MAY.plusWeeks(i), 0.5 + (7 * i + 3) % 11 / 10.0));
      without.add(at(MAY.plusWeeks(i), 0.5));
    }
    FeatureAblation ablation =
        ablation(
            Map.of("all", new BacktestReport(with)), Map.of("all", new BacktestReport(without)));
    assertThat(ablation.parts().get(0).metrics().get(0).standardError())
        .isCloseTo(0.05762215285808054, within(1e-12));
    assertThat(ablation.table().lines()).hasSize(5).last().asString().contains(" 0.058 ");
  }

  private static GroupMetric at(LocalDate day, double wape) {
    return new GroupMetric(day, "uk", 50, PredictionMethod.MODEL, Metric.WAPE, wape);
  }

  @Test
  void theTableSignsTheDifferenceOnly() {
    FeatureAblation ablation =
        ablation(Map.of("all", report(50, 0.6)), Map.of("all", report(50, 0.5)));
    assertThat(ablation.table().lines().map(FeatureAblationTest::firstWords))
        .containsExactly(
            "less trend groups", "all 1 0.600", "without 1 0.500", "difference 1 +0.100");
    assertThat(ablation.table().lines().reduce((a, b) -> b).orElseThrow()).contains(" +0.100 ");
  }

  private static String firstWords(String line) {
    return String.join(" ", Arrays.asList(line.trim().split(" +")).subList(0, 3));
  }

  private static FeatureAblation ablation(
      Map<String, BacktestReport> with, Map<String, BacktestReport> without) {
    return FeatureAblation.of("trend", "r2", with, without);
  }

  private static BacktestReport report(long rows, @Nullable Double wape) {
    return new BacktestReport(
        List.of(new GroupMetric(MAY, "uk", rows, PredictionMethod.MODEL, Metric.WAPE, wape)));
  }
}
