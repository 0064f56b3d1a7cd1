package io.trendflow.training.measure;

import static io.trendflow.training.BacktestRow.MAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.testing.SharedSpark;
import io.trendflow.training.BacktestRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Draws by hand, and the laws that a bootstrap has on simulated errors. */
// scipy 1.17.1: binom.interval(0.999, 150, 0.8) is (103, 135), kstwo.ppf(0.999, 150) is 0.1577.
@ExtendWith(SharedSpark.class)
class PairedBootstrapTest {
  private static final StructType JOINED =
      StructType.fromDDL(
          "product_id STRING, actual_units DOUBLE, baseline_units DOUBLE, expected_units DOUBLE,"
              + " median_units DOUBLE, lower_units DOUBLE, upper_units DOUBLE,"
              + " champion_expected_units DOUBLE, champion_median_units DOUBLE, price DOUBLE");
  private static final int SIMULATIONS = 150;

  @ParameterizedTest
  @CsvSource({"1, 0", "29, 0", "30, 201", "100, 201"})
  void from30RowsAGroupIsMeasuredAsItIsAndInEachDraw(int size, int measurements) {
    List<Row> draws = draw(Metric.MAE, "uk", size, i -> 1, i -> 2);
    assertThat(draws)
        .extracting(row -> row.getInt(1))
        .containsExactlyElementsOf(IntStream.range(0, measurements).boxed().toList());
  }

  @Test
  void theMeasurementNumberedZeroIsOfTheRowsThemselves() {
    Row undrawn = draw(Metric.MAE, "uk", 40, i -> i, i -> 2 * i).get(0);
    assertThat(undrawn.getString(0)).isEqualTo("MAE");
    assertThat(undrawn.getInt(1)).isZero();
    assertThat(undrawn.getDouble(2)).isEqualTo(19.5);
    assertThat(undrawn.getDouble(3)).isEqualTo(39);
  }

  @Test
  void bothModelsAreMeasuredOnTheSameDraw() {
    // The champion errs by one unit more in every row, so that it does on every draw of rows.
    List<Row> draws = draw(Metric.MAE, "uk", 50, i -> i * i, i -> i * i + 1);
    assertThat(draws)
        .allSatisfy(
            row -> assertThat(row.getDouble(3) - row.getDouble(2)).isCloseTo(1, within(1e-9)));
    assertThat(draws.stream().map(row -> row.getDouble(2)).distinct().count())
        .as("different draws")
        .isGreaterThan(150);
  }

  @Test
  void aGroupDrawsByItsName() {
    List<Row> uk = draw(Metric.MAE, "uk", 30, i -> i, i -> i);
    assertThat(draw(Metric.MAE, "uk", 30, i -> i, i -> i)).isEqualTo(uk);
    assertThat(draw(Metric.MAE, "fr", 30, i -> i, i -> i).subList(1, 201))
        .isNotEqualTo(uk.subList(1, 201));
  }

  @Test
  void theDrawsSpreadAsTheMeanOfTheRowsDoes() {
    // Standard error of a mean of n errors: their standard deviation (of n) over the root of n.
    // For the errors 0 to 99 that is sqrt((100 * 100 - 1) / 12) / 10.
    double[] means =
        draw(Metric.MAE, "uk", 100, i -> i, i -> i).stream()
            .skip(1)
            .mapToDouble(row -> row.getDouble(2))
            .toArray();
    double mean = DoubleStream.of(means).average().orElseThrow();
    double variance = DoubleStream.of(means).map(m -> (m - mean) * (m - mean)).sum() / 199;
    double error = Math.sqrt(9999 / 12.0) / 10;
    // 200 draws estimate a standard error with a relative error of 1 / sqrt(400).
    assertThat(Math.sqrt(variance) / error).isCloseTo(1, within(3 / 20.0));
    assertThat(mean).isCloseTo(49.5, within(3 * error / Math.sqrt(200)));
  }

  @ParameterizedTest
  @CsvSource({"4999, 4999", "5000, 5000", "5001, 5000"})
  void aDrawTakesAsManyRowsAsThereAreUpToFiveThousand(int size, int taken) {
    List<Row> draws = draw(Metric.MAE, "uk", size, i -> i, i -> i);
    SplittableRandom random = new SplittableRandom(1 + "uk".hashCode());
    // The rows are drawn by their positions in the order of the products as texts.
    double[] errors =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparing("p%03d"::formatted))
            .mapToDouble(i -> i)
            .toArray();
    double drawn = random.ints(taken, 0, size).mapToDouble(i -> errors[i]).sum() / taken;
    double all = (size - 1) / 2.0;
    assertThat(draws.get(0).getDouble(2)).isEqualTo(all);
    assertThat(draws.get(1).getDouble(2))
        .isCloseTo(
            taken == size ? drawn : all + Math.sqrt(5000 / 5001.0) * (drawn - all), within(1e-9));
  }

  @Test
  void drawsOfFewerRowsSpreadAsDrawsOfAllRowsWould() {
    double[] means =
        draw(Metric.MAE, "uk", 40_000, i -> i, i -> i).stream()
            .skip(1)
            .mapToDouble(row -> row.getDouble(2))
            .toArray();
    // The errors 0 to 39,999, over the root of their number; three standard errors of 200 draws.
    double error = 40_000 / Math.sqrt(12) / Math.sqrt(40_000);
    assertThat(new StandardDeviation().evaluate(means) / error).isCloseTo(1, within(3 / 20.0));
  }

  @Test
  void theEightyPercentIntervalHoldsTheTrueDifferenceInEightyPercentOfSimulations() {
    // Absolute errors of normal variables with the deviations 1 and 2, whose means are
    // sqrt(2 / pi) and twice that.
    double difference = -Math.sqrt(2 / Math.PI);
    Random random = new Random(7);
    int held = 0;
    for (int simulation = 0; simulation < SIMULATIONS; simulation++) {
      double[] sorted = differences("held " + simulation, random, 1, 2);
      held += sorted[19] <= difference && difference <= sorted[180] ? 1 : 0;
    }
    assertThat(held).isBetween(103, 135);
  }

  @Test
  void ofTwoModelsThatAreAsGoodTheShareOfBetterDrawsIsUniform() {
    Random random = new Random(11);
    double[] shares =
        IntStream.range(0, SIMULATIONS)
            .mapToDouble(
                i ->
                    DoubleStream.of(differences("same " + i, random, 1, 1))
                            .filter(difference -> difference < 0)
                            .count()
                        / 200.0)
            .sorted()
            .toArray();
    double distance =
        IntStream.range(0, SIMULATIONS)
            .mapToDouble(i -> Math.abs(shares[i] - (i + 0.5) / SIMULATIONS))
            .max()
            .orElseThrow();
    assertThat(distance).as("Kolmogorov's distance").isLessThan(0.1577);
  }

  @Test
  void theComparedMeansWeighEveryGroupTheSame(SparkSession spark) {
    // uk has errors of 1 against 2, fr of 6 against 3: 3.5 against 2.5, in each draw too.
    List<BacktestRow> challenger = new ArrayList<>(errors("uk", 30, 1));
    challenger.addAll(errors("fr", 90, 6));
    List<BacktestRow> champion = new ArrayList<>(errors("uk", 30, 2));
    champion.addAll(errors("fr", 90, 3));
    assertThat(compare(spark, challenger, champion, Metric.MAE, Metric.WAPE))
        .as("no draw changes a constant error")
        .containsExactly(
            new PairedDifference(Metric.MAE, 3.5, 2.5, 0.0),
            new PairedDifference(Metric.WAPE, 0.35, 0.25, 0.0));
    PairedDifference tie = compare(spark, champion, champion, Metric.MAE).get(0);
    assertThat(tie.isBetter() || tie.isWorse()).as("a tie is neither better nor worse").isFalse();
  }

  @Test
  void belowEightOriginsTheErrorIsThatOfTheDrawsAndFromEightThatOfTheOrigins(SparkSession spark) {
    for (int origins : List.of(1, 7, 8)) {
      List<BacktestRow> challenger = new ArrayList<>();
      List<BacktestRow> champion = new ArrayList<>();
      for (int origin = 0; origin < origins; origin++) {
        for (int i = 0; i < 100; i++) {
          BacktestRow one = BacktestRow.of(i).at(MAY.plusWeeks(origin)).actual(100);
          challenger.add(one.predicted(100 + i));
          champion.add(BacktestRow.of(i).at(MAY.plusWeeks(origin)).actual(100).predicted(100));
        }
      }
      PairedDifference found = compare(spark, challenger, champion, Metric.MAE).get(0);
      // The errors of 0 to 99 in each group: sqrt(9999 / 12) / 10, over the root of the groups.
      double drawn = Math.sqrt(9999 / 12.0) / 10 / Math.sqrt(origins);
      assertThat(found.difference()).isCloseTo(49.5, within(1e-9));
      assertThat(found.standardError())
          .isCloseTo(origins < 8 ? drawn : Math.sqrt(1e-12 / 8), within(3 / 20.0 * drawn));
    }
  }

  @Test
  void onlyRowsAndGroupsThatBothBacktestsHaveAreCompared(SparkSession spark) {
    List<BacktestRow> challenger = new ArrayList<>(errors("uk", 60, 1));
    challenger.addAll(errors("de", 40, 9));
    challenger.addAll(errors("fr", 40, 9));
    List<BacktestRow> champion = new ArrayList<>(errors("uk", 30, 2));
    champion.addAll(errors("fr", 29, 9));
    champion.addAll(errors("de", 40, 9).stream().map(row -> row.at(MAY.plusDays(1))).toList());
    assertThat(compare(spark, challenger, champion, Metric.MAE))
        .as("30 rows of uk; fr has 29 and de another day")
        .containsExactly(new PairedDifference(Metric.MAE, 1, 2, 0.0));
  }

  @Test
  void aMetricThatIsUndefinedInEveryDrawIsNotCompared(SparkSession spark) {
    assertThat(
            compare(spark, errors("uk", 30, 1), errors("uk", 30, 2), Metric.SPEARMAN, Metric.MAE))
        .as("constant predictions do not rank")
        .extracting(PairedDifference::metric)
        .containsExactly(Metric.MAE);
    assertThat(compare(spark, errors("uk", 29, 1), errors("uk", 29, 2), Metric.MAE)).isEmpty();
  }

  /** Differences of the mean absolute errors of 40 rows in each of 200 draws, sorted. */
  private static double[] differences(String group, Random random, double one, double other) {
    double[] challenger = random.doubles(40).map(d -> one * random.nextGaussian()).toArray();
    double[] champion = random.doubles(40).map(d -> other * random.nextGaussian()).toArray();
    return draw(Metric.MAE, group, 40, i -> Math.abs(challenger[i]), i -> Math.abs(champion[i]))
        .stream()
        .skip(1)
        .mapToDouble(row -> row.getDouble(2) - row.getDouble(3))
        .sorted()
        .toArray();
  }

  /** Draws of rows that sell 10 units, with errors above them. */
  private static List<Row> draw(
      Metric metric,
      String group,
      int size,
      IntToDoubleFunction challenger,
      IntToDoubleFunction champion) {
    List<Row> rows =
        IntStream.range(0, size)
            .<Row>mapToObj(
                i -> {
                  double one = 10 + challenger.applyAsDouble(i);
                  double other = 10 + champion.applyAsDouble(i);
                  Object[] values = {
                    "p%03d".formatted(i), 10.0, 0.0, one, one, null, null, other, other, null
                  };
                  return new GenericRowWithSchema(values, JOINED);
                })
            .toList();
    List<Row> draws = new ArrayList<>();
    new PairedBootstrap(List.of(metric)).call(group, rows.iterator()).forEachRemaining(draws::add);
    return draws;
  }

  private static List<BacktestRow> errors(String market, int size, double error) {
    return IntStream.range(0, size)
        .mapToObj(i -> BacktestRow.of(i).in(market).actual(10).predicted(10 + error))
        .toList();
  }

  private static List<PairedDifference> compare(
      SparkSession spark,
      List<BacktestRow> challenger,
      List<BacktestRow> champion,
      Metric... metrics) {
    return PairedBootstrap.of(
        BacktestRow.data(spark, challenger.stream()),
        BacktestRow.data(spark, champion.stream()),
        Arrays.asList(metrics));
  }
}
