package io.trendflow.training.measure;

import static io.trendflow.training.measure.PredictionsBuilder.scattered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
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
          .baseline(scattered(11, 5, 23))
          .price(i -> 1 + (7 * i + 3) % 10);
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
  @CsvSource({
    "R30,  0.7252109704641351",
    "R99,  0.056692226623541814",
    "R100, 0.06255103317976195",
    "R150, 0.6271933624017018",
    "R250, 0.07165357512961269"
  })
  void qiniIsTheAreaBetweenARandomOrderAndTheBest(Sample sample, double area) {
    // numpy 2.4.6: o = argsort(-(mean - base), kind="stable"), g = actual - base,
    // rd = arange(1, n + 1) / n * g.sum(),
    // (cumsum(g[o]) - rd).sum() / (cumsum(sort(g)[::-1]) - rd).sum().
    assertThat(MetricFormulas.qini(sample.predictions())).isCloseTo(area, EXACT);
  }

  @Test
  void qiniIsOneForTheBestOrderAndMinusOneForTheWorst() {
    // The uplift is symmetric about its mean, and with it the areas of both orders.
    PredictionsBuilder rows = PredictionsBuilder.rows(60).actual(i -> i);
    assertThat(MetricFormulas.qini(rows.predicted(i -> i).build())).isCloseTo(1, EXACT);
    assertThat(MetricFormulas.qini(rows.predicted(i -> -i).build())).isCloseTo(-1, EXACT);
    assertThat(MetricFormulas.qini(rows.predicted(i -> 3).build())).isNull();
    assertThat(MetricFormulas.qini(rows.actual(i -> 5).predicted(i -> i).build()))
        .as("no order is better than another")
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({"R100, 0.5319634703196348", "R150, 0.4197707736389685", "R250, 0.5100018021265093"})
  void revenueCapturedIsTheShareOfTheBestFivePercent(Sample sample, double captured) {
    // numpy 2.4.6: k = n // 20, r = (actual - base) * price,
    // r[argsort(-(mean - base) * price, kind="stable")[:k]].sum() / sort(r)[::-1][:k].sum().
    assertThat(MetricFormulas.revenueCaptured(sample.predictions())).isCloseTo(captured, EXACT);
  }

  @ParameterizedTest
  @CsvSource({
    "R30,",
    "R99,  0.768982611977281",
    "R100, 0.7693365507892947",
    "R150, 0.3837543412162681",
    "R250, 0.9623928424052575"
  })
  void breakoutsHaveTheAveragePrecisionOfTheirOrder(Sample sample, @Nullable Double precision) {
    // numpy 2.4.6: s = (mean + 5) / (base + 5), hit = (actual >= 1.5 * base) & (actual - base >=
    // 10),
    // h = hit[argsort(-s, kind="stable")], (cumsum(h) / arange(1, n + 1))[h].mean().
    Double found = MetricFormulas.breakouts(sample.predictions());
    if (precision == null) {
      assertThat(found).isNull();
    } else {
      assertThat(found).isCloseTo(precision, EXACT);
    }
  }

  @Test
  void breakoutsHaveTheAveragePrecisionOfScikitLearn() {
    // scikit-learn 1.9.1: with a = (7 * arange(37) + 3) % 29, m = arange(37) * 11 % 37, all
    // different,
    // average_precision_score((a >= 6) & (a >= 14), (m + 5) / 9).
    GroupPredictions rows =
        PredictionsBuilder.rows(37)
            .actual(scattered(7, 3, 29))
            .baseline(i -> 4)
            .predicted(scattered(11, 0, 37))
            .build();
    assertThat(MetricFormulas.breakouts(rows)).isCloseTo(0.6248115872980144, EXACT);
  }

  @ParameterizedTest
  @CsvSource({
    "15, 10, 0", // 1.5 times the baseline, but only 5 units more
    "30, 20, 1",
    "29.9, 20, 0", // 9.9 units more, less than 1.5 times
    "59, 40, 0", // 19 units more, less than 1.5 times
    "60, 40, 1",
    "10, 0, 1",
    "9, 0, 0"
  })
  void aBreakoutSellsHalfAsMuchAgainAndTenUnitsMore(double actual, double baseline, int breaksOut) {
    GroupPredictions rows =
        PredictionsBuilder.rows(2)
            .actual(i -> i == 0 ? actual : 0)
            .baseline(i -> baseline)
            .predicted(i -> i == 0 ? 9 : 1)
            .build();
    assertThat(MetricFormulas.breakouts(rows) != null).isEqualTo(breaksOut == 1);
  }

  @ParameterizedTest
  @CsvSource({
    "R30,  0.1355525051475634",
    "R99,  0.4247260846297565",
    "R100, 0.4222431229396755",
    "R150, 0.08848797250859107",
    "R250, 0.5068103491138041"
  })
  void valueIsTheProfitBetweenTheBaselinesAndPerfectForesights(Sample sample, double value) {
    // numpy 2.4.6: V(q) = (price * (.5 * minimum(actual, q) - .2 * maximum(q - actual, 0))).sum(),
    // (V(mean) - V(base)) / (V(actual) - V(base)).
    assertThat(MetricFormulas.value(sample.predictions())).isCloseTo(value, EXACT);
  }

  @Test
  void valueOfAPerfectOrderIsOneAndThatOfTheBaselineNone() {
    PredictionsBuilder rows = PredictionsBuilder.rows(40).actual(i -> i).baseline(i -> 20);
    assertThat(MetricFormulas.value(rows.predicted(i -> i).build())).isCloseTo(1, EXACT);
    assertThat(MetricFormulas.value(rows.predicted(i -> 20).build())).isCloseTo(0, EXACT);
    assertThat(MetricFormulas.value(rows.baseline(i -> i).build())).isNull();
  }

  @Test
  void aUnitLeftOverLosesAFifthOfItsPriceAndAUnitSoldEarnsHalf() {
    // One product sells 10: ordering 4 earns 2 x 4 x 0.5, 10 earns 10 and 15 earns 10 - 2 x 5 x
    // 0.2.
    PredictionsBuilder row =
        PredictionsBuilder.rows(1).actual(i -> 10).baseline(i -> 4).price(i -> 2);
    assertThat(MetricFormulas.value(row.predicted(i -> 15).build()))
        .isCloseTo((8 - 4) / (10.0 - 4), EXACT);
  }

  @ParameterizedTest
  @CsvSource({
    "R100, 0.9, 0.680844048796571",
    "R150, 0.66, 0.415",
    "R250, 0.94, 0.5562797937542563"
  })
  void theFirstFiftyHitAndKeepTheirPromise(Sample sample, double hits, double kept) {
    // numpy 2.4.6: o = argsort(-(mean - base), kind="stable")[:50], g = actual - base,
    // (g[o] > 0).mean(), g[o].sum() / (mean - base)[o].sum().
    assertThat(MetricFormulas.hitRate(sample.predictions())).isCloseTo(hits, EXACT);
    assertThat(MetricFormulas.promiseKept(sample.predictions())).isCloseTo(kept, EXACT);
  }

  @Test
  void aPromiseOfNothingCannotBeKept() {
    GroupPredictions none =
        PredictionsBuilder.rows(100).baseline(i -> 10).actual(i -> 11).predicted(i -> -i).build();
    assertThat(MetricFormulas.promiseKept(none)).isNull();
    assertThat(MetricFormulas.hitRate(none)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"R30", "R99"})
  void measuresOfTheFirstAreUndefinedBelowAHundredRows(Sample sample) {
    assertThat(MetricFormulas.revenueCaptured(sample.predictions())).isNull();
    assertThat(MetricFormulas.hitRate(sample.predictions())).isNull();
    assertThat(MetricFormulas.promiseKept(sample.predictions())).isNull();
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
      names = {
        "WAPE",
        "BIAS",
        "SPEARMAN",
        "PRECISION_10",
        "NDCG_100",
        "UPLIFT_50",
        "QINI",
        "UPLIFT_REVENUE_5",
        "VALUE",
        "HIT_RATE_50",
        "PROMISE_KEPT_50",
        "COVERAGE"
      })
  void aMetricWithoutAUnitIsTheSameInPacksOfEight(Metric metric) {
    GroupPredictions rows = Sample.R150.predictions();
    PredictionsBuilder packs =
        PredictionsBuilder.rows(150)
            .actual(i -> rows.actual()[i] / 8)
            .predicted(i -> rows.expected()[i] / 8)
            .baseline(i -> rows.baseline()[i] / 8)
            .price(i -> rows.price()[i])
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
    "UPLIFT_50, false",
    "QINI, false",
    "UPLIFT_REVENUE_5, false",
    "BREAKOUTS, false",
    "VALUE, false",
    "HIT_RATE_50, false"
  })
  void lessIsBetterOfErrorsOnly(Metric metric, boolean less) {
    assertThat(metric.isBetter(0.1, 0.2)).isEqualTo(less);
    assertThat(metric.isBetter(0.2, 0.1)).isEqualTo(!less);
    assertThat(metric.isBetter(0.2, 0.2)).as("a tie is not better").isFalse();
    assertThat(metric.isBetter(Double.NaN, 0.2) || metric.isBetter(0.2, Double.NaN)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"BIAS", "PROMISE_KEPT_50", "COVERAGE", "WIDTH"})
  void someMetricsAreNeitherBetterNorWorseByThemselves(Metric metric) {
    assertThat(metric.isBetter(0.1, 0.2) || metric.isBetter(0.2, 0.1)).isFalse();
  }

  @Test
  void sumsAreOfThePositionsAsOftenAsTheyAreNamed() {
    assertThat(MetricFormulas.sum(new double[] {1, 10, 100}, new int[] {2, 0, 2})).isEqualTo(201);
    assertThat(MetricFormulas.sum(new double[] {1}, IntStream.empty().toArray())).isZero();
  }
}
