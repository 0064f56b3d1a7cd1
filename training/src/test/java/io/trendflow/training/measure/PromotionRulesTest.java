package io.trendflow.training.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The borders of each rule of a promotion, one rule at a time. */
class PromotionRulesTest {
  private static final LocalDate DAY = LocalDate.parse("2024-01-01");
  private static final double ERROR = 0.01;

  /** Metrics of the model and of a baseline that is worse in all of them. */
  private final Map<Metric, Double> model =
      new LinkedHashMap<>(
          Map.of(Metric.WAPE, 0.5, Metric.SPEARMAN, 0.8, Metric.QINI, 0.4, Metric.VALUE, 0.2));

  private final Map<Metric, Double> baseline =
      new LinkedHashMap<>(
          Map.of(Metric.WAPE, 0.5, Metric.SPEARMAN, 0.8, Metric.QINI, 0.4, Metric.VALUE, 0.2));

  @ParameterizedTest
  @CsvSource({
    "WAPE,     0.521, true",
    "WAPE,     0.519, false",
    "WAPE,     0.479, false",
    "SPEARMAN, 0.779, true",
    "SPEARMAN, 0.781, false",
    "SPEARMAN, 0.821, false",
    "QINI,     0.379, true",
    "QINI,     0.381, false",
    "VALUE,    0.179, true",
    "VALUE,    0.181, false"
  })
  void oneMetricMustBeBetterByTwoStandardErrors(Metric metric, double against, boolean promoted) {
    baseline.put(metric, against);
    assertThat(decide().promoted()).isEqualTo(promoted);
  }

  @ParameterizedTest
  @CsvSource({
    "WAPE,     0.479, false",
    "WAPE,     0.481, true",
    "SPEARMAN, 0.821, false",
    "SPEARMAN, 0.819, true",
    "QINI,     0.421, false",
    "QINI,     0.419, true"
  })
  void noMetricMayBeWorseByTwoStandardErrors(Metric metric, double against, boolean promoted) {
    baseline.put(Metric.VALUE, 0.1);
    baseline.put(metric, against);
    assertThat(decide().promoted()).isEqualTo(promoted);
  }

  @ParameterizedTest
  @EnumSource(value = PredictionMethod.class, names = "MODEL", mode = EnumSource.Mode.EXCLUDE)
  void anyBaselineCanPreventAPromotion(PredictionMethod better) {
    baseline.put(Metric.WAPE, 0.6);
    Map<PredictionMethod, List<PairedDifference>> differences = new LinkedHashMap<>();
    for (PredictionMethod method : PredictionMethod.baselines()) {
      differences.put(method, differences());
    }
    baseline.put(Metric.SPEARMAN, 0.85);
    differences.put(better, differences());
    assertThat(PromotionDecision.decide(report(50), differences))
        .isEqualTo(
            new PromotionDecision(
                false,
                "The model does not beat the baselines: Spearman 0.800 against 0.850 of %s (difference -0.050 ± 0.010)."
                    .formatted(better.key())));
  }

  @Test
  void aBaselineThatIsAsGoodIsNamedWithTheDifferences() {
    model.keySet().retainAll(List.of(Metric.WAPE, Metric.SPEARMAN));
    assertThat(decide().reason())
        .isEqualTo(
            "The model does not beat the baselines: no measure sets it apart from mean_84, with WAPE 0.500 against 0.500 (difference +0.000 ± 0.010), Spearman 0.800 against 0.800 (difference +0.000 ± 0.010).");
  }

  @Test
  void aBaselineThatCannotBeMeasuredDoesNotPreventAPromotion() {
    assertThat(
            PromotionDecision.decide(report(50), Map.of(PredictionMethod.LAST_YEAR, List.of()))
                .promoted())
        .isTrue();
  }

  @Test
  void theBestBaselineOfEachMetricIsNamed() {
    Map<PredictionMethod, List<PairedDifference>> differences = new LinkedHashMap<>();
    differences.put(
        PredictionMethod.LAST_HORIZON,
        List.of(
            new PairedDifference(Metric.WAPE, 0.5, 0.6, 0.01),
            new PairedDifference(Metric.SPEARMAN, 0.8, 0.7, 0.01)));
    differences.put(
        PredictionMethod.MEAN_84,
        List.of(
            new PairedDifference(Metric.WAPE, 0.5, 0.7, 0.01),
            new PairedDifference(Metric.SPEARMAN, 0.8, 0.75, 0.01)));
    assertThat(PromotionDecision.decide(report(50), differences))
        .isEqualTo(
            new PromotionDecision(
                true,
                "The model beats every baseline: WAPE 0.500 against 0.600 of last_horizon (difference -0.100 ± 0.010), Spearman 0.800 against 0.750 of mean_84 (difference +0.050 ± 0.010)."));
  }

  @ParameterizedTest
  @EnumSource(names = {"SPEARMAN", "WAPE"})
  void aModelMustRankAndHaveAnError(Metric undefined) {
    model.remove(undefined);
    assertThat(decide())
        .isEqualTo(
            new PromotionDecision(
                false,
                "The backtest has no group of at least 30 rows with sales that the model ranks."));
  }

  @ParameterizedTest
  @CsvSource({"29, false", "30, true"})
  void groupsUnder30RowsDecideNothing(long rows, boolean promoted) {
    baseline.put(Metric.WAPE, 0.6);
    assertThat(decide(rows).promoted()).isEqualTo(promoted);
  }

  @Test
  void theErrorIsTakenOverTheOrigins() {
    // Four differences of -0.1, four of 0.05 and so on: their mean is less than two errors from 0.
    List<GroupMetric> groups = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      LocalDate day = DAY.plusWeeks(2L * i);
      groups.add(metric(day, PredictionMethod.MODEL, Metric.WAPE, 0.5));
      groups.add(metric(day, PredictionMethod.MODEL, Metric.SPEARMAN, 0.8 - i / 1000.0));
      groups.add(metric(day, PredictionMethod.MEAN_84, Metric.WAPE, i % 8 < 4 ? 0.6 : 0.45));
      groups.add(metric(day, PredictionMethod.MEAN_84, Metric.SPEARMAN, 0.7));
    }
    List<PairedDifference> differences =
        PromotionDecision.differences(new BacktestReport(groups), PredictionMethod.MEAN_84);
    assertThat(differences)
        .extracting(PairedDifference::metric)
        .containsExactly(Metric.WAPE, Metric.SPEARMAN);
    assertThat(differences).extracting(PairedDifference::isBetter).containsExactly(false, true);
  }

  private PromotionDecision decide() {
    return decide(50);
  }

  private PromotionDecision decide(long rows) {
    return PromotionDecision.decide(report(rows), Map.of(PredictionMethod.MEAN_84, differences()));
  }

  private List<PairedDifference> differences() {
    return PromotionDecision.METRICS.stream()
        .filter(model::containsKey)
        .map(
            metric ->
                new PairedDifference(
                    metric,
                    model.getOrDefault(metric, Double.NaN),
                    baseline.getOrDefault(metric, Double.NaN),
                    ERROR))
        .toList();
  }

  private BacktestReport report(long rows) {
    List<GroupMetric> groups = new ArrayList<>();
    model.forEach(
        (metric, value) ->
            groups.add(new GroupMetric(DAY, "uk", rows, PredictionMethod.MODEL, metric, value)));
    return new BacktestReport(groups);
  }

  private static GroupMetric metric(
      LocalDate day, PredictionMethod method, Metric metric, double value) {
    return new GroupMetric(day, "uk", 50, method, metric, value);
  }
}
