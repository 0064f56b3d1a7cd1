package io.trendflow.training.measure;

import static io.trendflow.training.measure.PredictionsBuilder.scattered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The formulas beside the figures of libraries that compute the same. */
// scikit-learn 1.9.1: mean_absolute_error(y, p), precision_score(top_y, top_p),
// ndcg_score([y], [-place], k=100, ignore_ties=True); scipy 1.17.1: spearmanr(p, y), rankdata(x).
class MetricFormulasTest {
  private static final Offset<Double> EXACT = within(1e-12);

  /** Rows, then factor, offset and modulus of the actual and of the predicted units. */
  private enum Sample {
    R30(30, 7, 3, 11, 5, 2, 13),
    R99(99, 37, 11, 101, 53, 7, 97),
    R100(100, 37, 11, 101, 53, 7, 97),
    R150(150, 29, 4, 17, 3, 1, 19),
    R250(250, 101, 17, 251, 44, 9, 241);

    private final int size;

    private final int[] numbers;

    Sample(int size, int... numbers) {
      this.size = size;
      this.numbers = numbers;
    }

    private PredictionsBuilder builder() {
      return PredictionsBuilder.rows(size)
          .actual(scattered(numbers[0], numbers[1], numbers[2]))
          .predicted(scattered(numbers[3], numbers[4], numbers[5]))
          .baseline(scattered(11, 5, 23));
    }

    private GroupPredictions predictions() {
      return builder().build();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "R30,  0.8766233766233766,  4.5",
    "R99,  0.6388495037472149, 31.858585858585858",
    "R100, 0.638391959798995,  31.76",
    "R150, 0.7539616346955796,  6.026666666666666",
    "R250, 0.6369520635734427, 79.512"
  })
  void absoluteErrorsAreThoseOfScikitLearn(Sample sample, double wape, double mae) {
    assertThat(MetricFormulas.wape(sample.predictions())).isCloseTo(wape, EXACT);
    assertThat(MetricFormulas.mae(sample.predictions())).isCloseTo(mae, EXACT);
  }

  @ParameterizedTest
  @CsvSource({
    "R30,   0.17532467532467533",
    "R99,  -0.043346161636621416",
    "R100, -0.047437185929648296",
    "R150,  0.11509591326105095",
    "R250, -0.04312996667521152"
  })
  void biasIsTheSumsRatioLessOne(Sample sample, double bias) {
    assertThat(MetricFormulas.bias(sample.predictions())).isCloseTo(bias, EXACT);
  }

  @ParameterizedTest
  @CsvSource({
    "R30,  -0.23068323534376967",
    "R99,   0.06772459941131001",
    "R100,  0.07291394762324425",
    "R150,  0.0060366769687593405",
    "R250,  0.06728183277243184"
  })
  void spearmanIsThatOfScipy(Sample sample, double correlation) {
    assertThat(MetricFormulas.spearman(sample.predictions())).isCloseTo(correlation, EXACT);
  }

  private static Stream<Arguments> correlations() {
    return Stream.of(
        Arguments.of(
            new double[] {1, 2, 3, 4, 5}, new double[] {5, 6, 7, 8, 7}, 0.8207826816681233),
        Arguments.of(
            new double[] {1, 1, 2, 2, 3}, new double[] {3, 1, 2, 2, 1}, -0.3611111111111111),
        Arguments.of(new double[] {0, 0, 0, 1}, new double[] {1, 2, 3, 4}, 0.7745966692414834),
        Arguments.of(new double[] {10, 20, 30, 40, 50, 60}, new double[] {6, 5, 4, 3, 2, 1}, -1.0),
        Arguments.of(
            new double[] {0, 0, 1, 1, 2, 2, 9},
            new double[] {1, 0, 0, 3, 2, 9, 2},
            0.5888107617966466));
  }

  @ParameterizedTest
  @MethodSource("correlations")
  void spearmanSharesRanksAsScipyDoesOnEitherSide(double[] x, double[] y, double correlation) {
    assertThat(MetricFormulas.spearman(PredictionsBuilder.of(x, y))).isCloseTo(correlation, EXACT);
    assertThat(MetricFormulas.spearman(PredictionsBuilder.of(y, x)))
        .as("it is symmetric")
        .isCloseTo(correlation, EXACT);
  }

  @ParameterizedTest
  @CsvSource({
    "R30,  0",
    "R99,  0.1111111111111111",
    "R100, 0.1",
    "R150, 0.13333333333333333",
    "R250, 0.16"
  })
  void precisionIsThatOfScikitLearnOnTheTopTenths(Sample sample, double precision) {
    assertThat(MetricFormulas.precision(sample.predictions())).isCloseTo(precision, EXACT);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "9, 1", "19, 1", "20, 2", "29, 2", "30, 3", "99, 9", "100, 10"})
  void theTopTenthIsRoundedDownAndHasAtLeastOneRow(int rows, int tenth) {
    // The row with the most units is predicted highest, the other predictions run the wrong way.
    GroupPredictions predictions =
        PredictionsBuilder.rows(rows)
            .actual(i -> 1000 - i)
            .predicted(i -> i == 0 ? 1000 : i)
            .build();
    assertThat(MetricFormulas.precision(predictions)).isCloseTo(1.0 / tenth, EXACT);
  }

  @ParameterizedTest
  @CsvSource({
    "R30,  0.8230030142622731",
    "R99,  0.8744310457437178",
    "R100, 0.8748052738184569",
    "R150, 0.6910767502066562",
    "R250, 0.6227394064416002"
  })
  void ndcgIsThatOfScikitLearn(Sample sample, double ndcg) {
    assertThat(MetricFormulas.ndcg(sample.predictions())).isCloseTo(ndcg, EXACT);
  }

  @ParameterizedTest
  @CsvSource({
    "R30,  0.48245428460436096",
    "R99,  0.8443274530372611",
    "R100, 0.8446883452665711",
    "R150, 0.4588959136726705",
    "R250, 0.6002176416987555"
  })
  void ndcgTakesReturnsAsNoGain(Sample sample, double ndcg) {
    GroupPredictions rows = sample.predictions();
    double[] net = rows.actualUplift();
    GroupPredictions returned =
        PredictionsBuilder.rows(rows.size())
            .actual(i -> net[i])
            .predicted(i -> rows.expected()[i])
            .build();
    assertThat(Arrays.stream(net).min().orElseThrow()).as("more returns than sales").isNegative();
    assertThat(MetricFormulas.ndcg(returned)).isCloseTo(ndcg, EXACT);
  }

  @Test
  void ndcgCountsTheFirstHundredPlacesOnly() {
    // The one row that sells is predicted at place 100, then at place 101: ln 2 / ln 101, then 0.
    GroupPredictions hundredth =
        PredictionsBuilder.rows(120).actual(i -> i == 99 ? 7 : 0).predicted(i -> -i).build();
    assertThat(MetricFormulas.ndcg(hundredth)).isCloseTo(Math.log(2) / Math.log(101), EXACT);
    GroupPredictions next =
        PredictionsBuilder.rows(120).actual(i -> i == 100 ? 7 : 0).predicted(i -> -i).build();
    assertThat(MetricFormulas.ndcg(next)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"R100, 0.6431018374338212", "R150, 0.5286624203821656", "R250, 0.5326005961251863"})
  void upliftCapturedIsTheShareOfTheBestFifty(Sample sample, double captured) {
    // numpy 2.4.6: order = lexsort((id, -predicted)); uplift[order][:50].sum() / best.
    assertThat(MetricFormulas.upliftCaptured(sample.predictions())).isCloseTo(captured, EXACT);
  }

  @ParameterizedTest
  @EnumSource(names = {"R30", "R99"})
  void upliftCapturedIsUndefinedBelowAHundredRows(Sample sample) {
    assertThat(MetricFormulas.upliftCaptured(sample.predictions())).isNull();
  }

  @Test
  void upliftCapturedIsNegativeWhereTheChosenSellLessThanTheirBaseline() {
    // The best 50 gain 1 each; the 50 that are predicted highest lose 2 each.
    GroupPredictions rows =
        PredictionsBuilder.rows(100)
            .baseline(i -> 10)
            .actual(i -> i < 50 ? 11 : 8)
            .predicted(i -> i)
            .build();
    assertThat(MetricFormulas.upliftCaptured(rows)).isCloseTo(-2, EXACT);
  }

  @ParameterizedTest
  @CsvSource({"50, true", "51, false", "100, false"})
  void aMethodChoosesByUpliftIfItsHighest51Differ(int same, boolean chooses) {
    GroupPredictions rows = PredictionsBuilder.rows(100).predicted(i -> i < same ? 5 : 1).build();
    assertThat(MetricFormulas.choosesByUplift(rows, rows.predictedUplift())).isEqualTo(chooses);
  }

  @ParameterizedTest
  @CsvSource({"1e-10, false", "1e-8, true"})
  void roundingErrorsChooseNothing(double step, boolean chooses) {
    GroupPredictions rows = PredictionsBuilder.rows(2).predicted(i -> step * i).build();
    assertThat(MetricFormulas.choosesByUplift(rows, rows.predictedUplift())).isEqualTo(chooses);
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 100, 1000})
  void theQuantilesOfADistributionCoverWhatTheyShould(int n) {
    // scipy 1.17.1: logistic.interval(0.8) is (-ln 9, ln 9); the actual units are its n quantiles
    // (i + 0.5) / n, of which exactly 0.8 n lie between.
    GroupPredictions rows =
        PredictionsBuilder.rows(n)
            .actual(i -> Math.log((i + 0.5) / (n - i - 0.5)))
            .interval(i -> -2.1972245773362196, i -> 2.1972245773362196)
            .build();
    assertThat(MetricFormulas.coverage(rows)).isCloseTo(0.8, EXACT);
    assertThat(MetricFormulas.width(rows)).isCloseTo(4.394449154672439, EXACT);
  }

  @ParameterizedTest
  @CsvSource({"0.99, 0", "1, 1", "2, 1", "3, 1", "3.01, 0"})
  void anIntervalHoldsItsEnds(double actual, double coverage) {
    GroupPredictions row =
        PredictionsBuilder.rows(1).actual(i -> actual).interval(i -> 1, i -> 3).build();
    assertThat(MetricFormulas.coverage(row)).isEqualTo(coverage);
  }

  @Test
  void oneRowHasErrorsButNoRanks() {
    GroupPredictions row = PredictionsBuilder.of(new double[] {4}, new double[] {5});
    assertThat(MetricFormulas.wape(row)).isEqualTo(0.25);
    assertThat(MetricFormulas.mae(row)).isEqualTo(1);
    assertThat(MetricFormulas.bias(row)).isEqualTo(0.25);
    assertThat(MetricFormulas.precision(row)).isEqualTo(1);
    assertThat(MetricFormulas.ndcg(row)).isEqualTo(1);
    assertThat(MetricFormulas.spearman(row)).isNull();
    assertThat(MetricFormulas.width(row)).isNull();
  }

  @Test
  void whereNothingIsSoldOnlyTheAbsoluteErrorIsDefined() {
    GroupPredictions rows = PredictionsBuilder.rows(100).predicted(i -> i).build();
    assertThat(MetricFormulas.wape(rows)).isNull();
    assertThat(MetricFormulas.bias(rows)).isNull();
    assertThat(MetricFormulas.spearman(rows)).isNull();
    assertThat(MetricFormulas.ndcg(rows)).isNull();
    assertThat(MetricFormulas.upliftCaptured(rows)).isNull();
    assertThat(MetricFormulas.mae(rows)).isCloseTo(49.5, EXACT);
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void noMetricIsEverNaN(Metric metric) {
    Stream.of(
            PredictionsBuilder.rows(1).build(),
            PredictionsBuilder.rows(100).build(),
            PredictionsBuilder.rows(100).actual(i -> -i).build(),
            PredictionsBuilder.rows(100).actual(i -> 1).predicted(i -> 1).build(),
            PredictionsBuilder.rows(100).baseline(i -> i).actual(i -> 2 * i).build())
        .map(metric::of)
        .forEach(value -> assertThat(value == null || Double.isFinite(value)).isTrue());
  }

  @ParameterizedTest
  @EnumSource(
      value = Metric.class,
      names = {"WAPE", "BIAS", "SPEARMAN", "PRECISION_10", "NDCG_100", "UPLIFT_50", "COVERAGE"})
  void aMetricWithoutAUnitIsTheSameInPacksOfEight(Metric metric) {
    GroupPredictions rows = Sample.R150.predictions();
    PredictionsBuilder packs =
        PredictionsBuilder.rows(150)
            .actual(i -> rows.actual()[i] / 8)
            .predicted(i -> rows.expected()[i] / 8)
            .baseline(i -> rows.baseline()[i] / 8)
            .interval(i -> i % 5 / 8.0, i -> i % 15 / 8.0);
    GroupPredictions units = Sample.R150.builder().interval(i -> i % 5, i -> i % 15).build();
    assertThat(metric.of(packs.build())).isCloseTo(metric.of(units), EXACT);
  }

  @Test
  void predictionsOfEachMetricComeFromTheirColumn() {
    GroupPredictions rows =
        PredictionsBuilder.rows(4).actual(i -> i).predicted(i -> -i).median(i -> i).build();
    assertThat(MetricFormulas.wape(rows)).as("of the median").isZero();
    assertThat(MetricFormulas.mae(rows)).as("of the median").isZero();
    assertThat(MetricFormulas.bias(rows)).as("of the mean").isEqualTo(-2);
    assertThat(MetricFormulas.spearman(rows)).as("of the mean").isCloseTo(-1, EXACT);
  }

  @ParameterizedTest
  @CsvSource({
    "WAPE, true",
    "MAE, true",
    "SPEARMAN, false",
    "PRECISION_10, false",
    "NDCG_100, false",
    "UPLIFT_50, false"
  })
  void lessIsBetterOfErrorsOnly(Metric metric, boolean less) {
    assertThat(metric.isBetter(0.1, 0.2)).isEqualTo(less);
    assertThat(metric.isBetter(0.2, 0.1)).isEqualTo(!less);
    assertThat(metric.isBetter(0.2, 0.2)).as("a tie is not better").isFalse();
    assertThat(metric.isBetter(Double.NaN, 0.2) || metric.isBetter(0.2, Double.NaN)).isFalse();
  }

  @Test
  void sumsAreOfThePositionsAsOftenAsTheyAreNamed() {
    assertThat(MetricFormulas.sum(new double[] {1, 10, 100}, new int[] {2, 0, 2})).isEqualTo(201);
    assertThat(MetricFormulas.sum(new double[] {1}, IntStream.empty().toArray())).isZero();
  }
}
