package io.trendflow.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricTest {
  private static final double[] NONE = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};

  @Test
  void errorsAreOfTheMedianAndBiasOfTheMean() {
    GroupPredictions rows =
        new GroupPredictions(
            ids(4),
            new double[] {10, 0, 20, 10},
            new double[4],
            new double[4],
            new double[] {12, 2, 24, 10},
            new double[] {8, 1, 15, 14},
            NONE,
            NONE);
    assertThat(Metric.WAPE.of(rows)).isCloseTo((2 + 1 + 5 + 4) / 40.0, within(1e-12));
    assertThat(Metric.MAE.of(rows)).isCloseTo(3, within(1e-12));
    assertThat(Metric.BIAS.of(rows)).isCloseTo(48 / 40.0 - 1, within(1e-12));
  }

  @Test
  void spearmanSharesTheRanksOfTies() {
    // The ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4 give 4.5 / sqrt(4.5 x 5).
    GroupPredictions rows = judged(new double[] {5, 7, 6, 9}, new double[] {1, 2, 2, 3});
    assertThat(Metric.SPEARMAN.of(rows)).isCloseTo(4.5 / Math.sqrt(22.5), within(1e-12));
    GroupPredictions reversed = judged(new double[] {1, 2, 3, 4}, new double[] {4, 3, 2, 1});
    assertThat(Metric.SPEARMAN.of(reversed)).isCloseTo(-1, within(1e-12));
  }

  @Test
  void aConstantDoesNotRank() {
    double[] actual = IntStream.range(0, 120).mapToDouble(i -> i).toArray();
    GroupPredictions constant = judged(actual, new double[120]);
    assertThat(Metric.SPEARMAN.of(constant)).isNull();
    assertThat(Metric.UPLIFT_50.of(constant)).isNull();
    assertThat(Metric.WAPE.of(constant)).isEqualTo(1);
  }

  @Test
  void precisionComparesTheTopTenthWithTiesByProduct() {
    double[] actual = IntStream.range(0, 29).mapToDouble(i -> i < 3 ? 9 : 1).toArray();
    double[] predicted = new double[29];
    predicted[28] = 5;
    // The actual top 2 of 29 are p00 and p01 by id; the predicted ones are p28 and, of the ties,
    // p00.
    assertThat(Metric.PRECISION_10.of(judged(actual, predicted))).isEqualTo(0.5);
    assertThat(Metric.PRECISION_10.of(judged(new double[] {1, 2}, new double[] {1, 2})))
        .isEqualTo(1);
  }

  @Test
  void ndcgDiscountsByTheLogarithmOfThePlace() {
    GroupPredictions rows = judged(new double[] {3, 1, -2}, new double[] {1, 3, 2});
    // The order p01, p02, p00 gains 1 + 0 + 3 / log2(4), the best order 3 + 1 / log2(3) + 0.
    double best = 3 + Math.log(2) / Math.log(3);
    assertThat(Metric.NDCG_100.of(rows)).isCloseTo(2.5 / best, within(1e-12));
    assertThat(Metric.NDCG_100.of(judged(new double[2], new double[2]))).isNull();
  }

  @Test
  void upliftCapturedComparesFiftyWithTheBestFifty() {
    int n = 100;
    double[] baseline = IntStream.range(0, n).mapToDouble(i -> 10).toArray();
    double[] actual = IntStream.range(0, n).mapToDouble(i -> i < 50 ? 13 : 8).toArray();
    double[] right = IntStream.range(0, n).mapToDouble(i -> 100 - i).toArray();
    double[] half = IntStream.range(0, n).mapToDouble(i -> i < 25 || i >= 75 ? 12 : 11).toArray();
    assertThat(Metric.UPLIFT_50.of(uplift(actual, baseline, right))).isEqualTo(1);
    // 25 products gain 3 each and 25 lose 2 each, out of 50 x 3.
    assertThat(Metric.UPLIFT_50.of(uplift(actual, baseline, half)))
        .isCloseTo((75 - 50) / 150.0, within(1e-12));
    assertThat(Metric.UPLIFT_50.of(uplift(new double[n], baseline, right)))
        .as("no uplift even in hindsight")
        .isNull();
    assertThat(Metric.UPLIFT_50.of(judged(new double[99], new double[99]))).isNull();
  }

  @Test
  void coverageAndWidthAreOfTheRowsThatHaveAnInterval() {
    GroupPredictions rows =
        new GroupPredictions(
            ids(4),
            new double[] {1, 5, 9, 4},
            new double[4],
            new double[4],
            new double[4],
            new double[4],
            new double[] {1, 6, 0, Double.NaN},
            new double[] {2, 8, 9, Double.NaN});
    assertThat(Metric.COVERAGE.of(rows)).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(Metric.WIDTH.of(rows)).isCloseTo((1 + 2 + 9) / 3.0, within(1e-12));
    assertThat(Metric.COVERAGE.of(judged(new double[4], new double[4]))).isNull();
  }

  private static GroupPredictions judged(double[] actual, double[] predicted) {
    return uplift(actual, new double[actual.length], predicted);
  }

  private static GroupPredictions uplift(double[] actual, double[] baseline, double[] predicted) {
    double[] none = IntStream.range(0, actual.length).mapToDouble(i -> Double.NaN).toArray();
    return new GroupPredictions(
        ids(actual.length),
        actual,
        baseline,
        new double[actual.length],
        predicted,
        predicted,
        none,
        none);
  }

  private static String[] ids(int n) {
    return IntStream.range(0, n).mapToObj("p%02d"::formatted).toArray(String[]::new);
  }
}
