package io.trendflow.scoring;

import static io.trendflow.scoring.TestRows.row;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.model.InputFeature;
import io.trendflow.model.MeanCurve;
import io.trendflow.model.MeanCurves;
import io.trendflow.model.PiecewiseCurve;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.ResidualCell;
import io.trendflow.model.ResidualTable;
import io.trendflow.model.ResidualTables;
import io.trendflow.model.TrendModel;
import io.trendflow.model.UpliftShrinkage;
import io.trendflow.schemas.FeatureFamily;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import io.trendflow.testing.SharedSpark;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSpark.class)
class ScorerTest {
  private static final List<String> LIFECYCLES = List.of("launch", "delayed", "new", "established");
  private static final double UNITS_1 = Math.expm1(1);
  private static final double UNITS_2 = Math.expm1(2);
  private static final double UNITS_3 = Math.expm1(3);
  private final TrendModel exact = TestRows.model(PredictionCalibration.unknown());

  @Test
  void predictsAsTheModelDoesForMissingAndUnseenValuesToo(SparkSession spark) {
    Dataset<Row> rows =
        TestRows.of(
            spark,
            row("uk", "a", 1.0, 1, 1.0, "blue"),
            row("uk", "b", 1.0, 1, 2.0, "red"),
            row("uk", "c", 1.0, 1, 3.0, "never seen"),
            row("uk", "d", 1.0, 1, null, null));
    List<Row> predicted = predict(rows, exact).orderBy("product_id").collectAsList();
    assertThat(predicted)
        .extracting(row -> row.<Double>getAs("raw_prediction"))
        .containsExactly(1.0, 2.5, 3.0, 1.0);
    assertThat(predicted)
        .allSatisfy(
            row -> {
              assertThat(row.<Double>getAs("lower_units")).isNull();
              assertThat(row.<Double>getAs("expected_units"))
                  .isEqualTo(row.<Double>getAs("median_units"));
              assertThat(row.getList(row.fieldIndex("recent_weekly_units"))).hasSize(2);
            });
  }

  @Test
  void theModelOfItsCutoffPredictsARow(SparkSession spark) {
    Dataset<Row> first = TestRows.of(spark, row("uk", "a", 1.0, 1, 2.0, null));
    LocalDate later = TestRows.CUTOFF.plusDays(7);
    TrendModel other = exact.withMeans(new MeanCurves(Map.of(), new MeanCurve(1, 1)));
    List<Row> predicted =
        Scorer.predict(
                first.unionByName(first.withColumn("cutoff", lit(later))),
                Map.of(TestRows.CUTOFF, exact, later, other))
            .orderBy("cutoff")
            .collectAsList();
    assertThat(predicted)
        .extracting(row -> row.<Double>getAs("expected_units"))
        .containsExactly(UNITS_2, UNITS_3);
  }

  @Test
  void curveAndResidualsOfTheLifecycleGiveMedianMeanAndInterval(SparkSession spark) {
    ResidualTables tables = new ResidualTables(Map.of("new", table(-1, 1)), table(-0.1, 0.1));
    MeanCurves means = new MeanCurves(Map.of("new", new MeanCurve(0.5, 0.9)), new MeanCurve(0, 1));
    Dataset<Row> rows = TestRows.of(spark, row("new", "uk", "a", 1.0, 1, 2.0, null));
    Row row =
        Scorer.score(
                rows,
                TestRows.model(calibration(tables)).withMeans(means),
                LIFECYCLES,
                Optional.empty())
            .first();
    assertThat(row.<Double>getAs("median_units")).isCloseTo(Math.expm1(2), within(1e-12));
    assertThat(row.<Double>getAs("expected_units"))
        .isCloseTo(Math.expm1(0.5 + 0.9 * 2), within(1e-12));
    assertThat(row.<Double>getAs("lower_units")).isCloseTo(Math.expm1(1), within(1e-12));
    assertThat(row.<Double>getAs("upper_units")).isCloseTo(Math.expm1(3), within(1e-12));
    assertThat(row.<Double>getAs("units_q10")).isEqualTo(row.<Double>getAs("lower_units"));
    assertThat(row.<Double>getAs("units_q50")).isEqualTo(row.<Double>getAs("median_units"));
    assertThat(row.<Double>getAs("units_q75")).isCloseTo(Math.expm1(2.625), within(1e-12));
    assertThat(row.<Double>getAs("units_q90")).isEqualTo(row.<Double>getAs("upper_units"));
    // The baseline of 1 is log(2) - 2 = -1.307 away, beyond the residual at 0.05, -1.125.
    assertThat(row.<Double>getAs("chance"))
        .isCloseTo(1 - 0.05 * Math.exp((Math.log(2) - 2 + 1.125) / 0.125), within(1e-12));
    assertThat(row.<String>getAs("state")).isEqualTo("RISER");
  }

  @Test
  void weeksFollowTheirSharesAndAddUpToTheExpectedUnits(SparkSession spark) {
    Dataset<Row> rows = TestRows.of(spark, row("uk", "a", 1.0, 10, 3.0, null));
    Row byModel = Scorer.score(rows, exact, LIFECYCLES, Optional.empty()).first();
    assertWeeks(byModel, 0.4 * UNITS_3, 0.3 * UNITS_3, 0.2 * UNITS_3, 0.1 * UNITS_3);
    Row byBaseline = Scorer.baseline(rows, 28, LIFECYCLES).first();
    assertWeeks(byBaseline, 4, 3, 2, 1);
  }

  /**
   * The promotion of the second week contributes 0.5 to log(1 + units), so that 1 - exp(-0.5) of
   * the expected units are its own.
   */
  @Test
  void whatAPromotionAddsIsInItsWeeks(SparkSession spark) {
    TrendModel model =
        TestRows.model(
            PredictionTarget.UNITS,
            List.of(InputFeature.numeric("promo_days_ahead", FeatureFamily.PRICE, "days")),
            List.of(TestRows.stump(0, 3.5, new int[0], 0, 1)),
            PredictionCalibration.unknown());
    Dataset<Row> rows =
        TestRows.of(spark, row("uk", "a", 1.0, 1, null, null), row("uk", "b", 1.0, 1, null, null))
            .withColumn("promo_days_ahead", expr("IF(product_id = 'a', 7.0D, 0.0D)"))
            .withColumn(
                "promoted_week_shares",
                expr("IF(product_id = 'a', array(0.0D, 1.0D, 0.0D, 0.0D), NULL)"));
    List<Row> scores =
        Scorer.score(rows, model, LIFECYCLES, Optional.empty())
            .orderBy("product_id")
            .collectAsList();
    double promoted = UNITS_2 * (1 - Math.exp(-0.5));
    double others = UNITS_2 - promoted;
    assertWeeks(scores.get(0), 0.4 * others, 0.3 * others + promoted, 0.2 * others, 0.1 * others);
    assertWeeks(scores.get(1), 0.4 * UNITS_1, 0.3 * UNITS_1, 0.2 * UNITS_1, 0.1 * UNITS_1);
  }

  private static void assertWeeks(Row score, double... units) {
    List<Double> weeks = score.getList(score.fieldIndex("weekly_units"));
    assertThat(weeks.stream().mapToDouble(week -> week).toArray())
        .containsExactly(units, within(1e-9));
    assertThat(weeks.stream().mapToDouble(week -> week).sum())
        .isCloseTo(score.<Double>getAs("expected_units"), within(1e-9));
  }

  @Test
  void theUpliftShrinksByItsRankInTheMarketBeforeTheRowsAreRanked(SparkSession spark) {
    UpliftShrinkage half =
        new UpliftShrinkage(new PiecewiseCurve(List.of(0.25, 0.75), List.of(0.5, 1.0)));
    TrendModel model =
        TestRows.model(
            new PredictionCalibration(
                ResidualTables.unknown(), PredictionCalibration.unknown().chances(), half));
    Dataset<Row> rows =
        TestRows.of(
            spark,
            row("uk", "a", 1.0, 1, 3.0, null),
            row("uk", "b", 1.0, 1, 2.0, null),
            row("fr", "z", 1.0, 1, 3.0, null));
    List<Row> scores =
        Scorer.score(rows, model, LIFECYCLES, Optional.empty())
            .orderBy("product_id")
            .collectAsList();
    assertThat(scores.get(0).<Double>getAs("expected_units"))
        .isCloseTo(1 + 0.5 * (UNITS_3 - 1), within(1e-12));
    assertThat(scores.get(0).<Double>getAs("uplift_units"))
        .isCloseTo(0.5 * (UNITS_3 - 1), within(1e-12));
    assertThat(scores.get(0).<Double>getAs("median_units")).isCloseTo(UNITS_3, within(1e-12));
    assertThat(scores.get(1).<Double>getAs("expected_units")).isCloseTo(UNITS_2, within(1e-12));
    assertThat(scores.get(2).<Double>getAs("expected_units"))
        .as("the only row of its market")
        .isCloseTo(1 + 0.75 * (UNITS_3 - 1), within(1e-12));
    List<Row> predicted = predict(rows, model).orderBy("product_id").collectAsList();
    assertThat(predicted)
        .extracting(row -> row.<Double>getAs("uplift_share"))
        .containsExactly(0.25, 0.75, 0.5);
    assertThat(predicted.get(0).<Double>getAs("mean_units")).isCloseTo(UNITS_3, within(1e-12));
  }

  private static PredictionCalibration calibration(ResidualTables tables) {
    PredictionCalibration unknown = PredictionCalibration.unknown();
    return new PredictionCalibration(tables, unknown.chances(), unknown.uplift());
  }

  /** Returns a table whose residuals at the levels from 0.10 to 0.90 are equally far apart. */
  private static ResidualTable table(double q10, double q90) {
    List<Double> quantiles =
        IntStream.rangeClosed(1, 19)
            .mapToObj(level -> q10 + (q90 - q10) * (level - 2) / 16)
            .toList();
    return new ResidualTable(List.of(new ResidualCell(0, 100, quantiles)));
  }

  @Test
  void ranksEachMarketByUpliftInRevenueTiesByProduct(SparkSession spark) {
    Dataset<Row> rows =
        TestRows.of(
            spark,
            row("uk", "d", 2.0, 0.5, 1.0, null),
            row("uk", "c", 1.0, UNITS_3, 3.0, null),
            row("uk", "b", 5.0, UNITS_3, 3.0, null),
            row("uk", "a", 0.1, 0, 3.0, null),
            row("fr", "z", 1.0, 4, 1.0, null));
    Dataset<Row> scores = Scorer.score(rows, exact, LIFECYCLES, Optional.empty());
    assertThat(Scorer.rankedBy(scores)).isEqualTo("uplift_revenue");
    // Uplift in revenue: d 2 x 1.22, a 0.1 x 19.1, b and c exactly 0. Average ranks from below:
    // 4, 3 and twice 1.5, of 4.
    assertThat(ranks(scores.filter("market = 'uk'")))
        .containsExactly("d 1 87.5", "a 2 62.5", "b 3 25.0", "c 4 25.0");
    assertThat(ranks(scores.filter("market = 'fr'"))).containsExactly("z 1 50.0");
    Row d = scores.filter("product_id = 'd'").first();
    assertThat(d.<Double>getAs("uplift_units")).isCloseTo(UNITS_1 - 0.5, within(1e-12));
    assertThat(d.<Double>getAs("uplift_revenue")).isCloseTo(2 * (UNITS_1 - 0.5), within(1e-12));
    assertThat(d.<Double>getAs("growth")).as("below one baseline unit").isNull();
    assertThat(d.<BigDecimal>getAs("price")).isEqualByComparingTo("2");
    Row z = scores.filter("product_id = 'z'").first();
    assertThat(z.<Double>getAs("growth")).isCloseTo(UNITS_1 / 4 - 1, within(1e-12));
  }

  @Test
  void ranksByUnitsWhereNoProductHasAPrice(SparkSession spark) {
    Dataset<Row> rows =
        TestRows.of(
            spark,
            row("uk", "a", null, 1, 1.0, null),
            row("uk", "b", null, 1, 3.0, null),
            row("uk", "c", null, 1, 2.0, null));
    Dataset<Row> scores = Scorer.score(rows, exact, LIFECYCLES, Optional.empty());
    assertThat(Scorer.rankedBy(scores)).isEqualTo("uplift_units");
    assertThat(ranks(scores))
        .extracting(s -> s.substring(0, 3))
        .containsExactly("b 1", "c 2", "a 3");
    assertThat(scores.filter("uplift_revenue IS NOT NULL").count()).isZero();
  }

  @Test
  void aProductWithoutAnyPriceTakesTheMarketsMedian(SparkSession spark) {
    Dataset<Row> rows =
        TestRows.of(
            spark,
            row("uk", "a", 2.0, 1, 1.0, null),
            row("uk", "b", 4.0, 1, 1.0, null),
            row("uk", "c", null, 1, 2.0, null));
    Row c =
        Scorer.score(rows, exact, LIFECYCLES, Optional.empty()).filter("product_id = 'c'").first();
    assertThat(c.<BigDecimal>getAs("price")).isEqualByComparingTo("3");
    assertThat(c.<Boolean>getAs("price_assumed")).isTrue();
    assertThat(c.<Double>getAs("uplift_revenue")).isCloseTo(3 * (UNITS_2 - 1), within(1e-12));
    assertThat(c.<Long>getAs("rank")).isEqualTo(1);
  }

  @Test
  void onlyTheAskedLifecyclesAreScoredWithTheContractsColumns(SparkSession spark) {
    Dataset<Row> rows =
        TestRows.of(
            spark,
            row("dormant", "uk", "a", 1.0, 0, 1.0, null),
            row("new", "uk", "b", 1.0, 0, 1.0, null));
    for (Dataset<Row> scores :
        List.of(
            Scorer.score(rows, exact, List.of("new"), Optional.empty()),
            Scorer.baseline(rows, 28, List.of("new")))) {
      assertThat(scores.collectAsList())
          .extracting(row -> row.<String>getAs("product_id"))
          .containsExactly("b");
      List<String> contract =
          Table.SCORES.contract().fields().stream().map(TableField::name).skip(1).toList();
      assertThat(List.of(scores.columns())).isEqualTo(contract);
    }
  }

  @Test
  void theBaselineHasAPoissonIntervalAndNoUplift(SparkSession spark) {
    Dataset<Row> rows =
        TestRows.of(spark, row("uk", "a", 1.0, 4, 1.0, null), row("uk", "b", 1.0, 0, 1.0, null));
    List<Row> scores = Scorer.baseline(rows, 42, LIFECYCLES).orderBy("rank").collectAsList();
    Row a = scores.get(0);
    assertThat(a.<Double>getAs("expected_units")).isEqualTo(4);
    assertThat(a.<Double>getAs("lower_units")).isEqualTo(2);
    assertThat(a.<Double>getAs("upper_units")).isEqualTo(7);
    assertThat(a.<Double>getAs("uplift_units")).isZero();
    assertThat(a.<Double>getAs("potential")).isEqualTo(50);
    assertThat(a.<Long>getAs("horizon_days")).isEqualTo(42);
    assertThat(a.<Double>getAs("units_q05")).isEqualTo(1);
    assertThat(a.<Double>getAs("units_q25")).isEqualTo(3);
    assertThat(a.<Double>getAs("units_q75")).isEqualTo(5);
    assertThat(a.<Double>getAs("units_q95")).isEqualTo(8);
    assertThat(a.<Double>getAs("chance")).isNull();
    assertThat(a.<String>getAs("state")).isEqualTo("UNSURE");
    assertThat(a.<String>getAs("model_id")).isNull();
    assertThat(a.getList(a.fieldIndex("reasons"))).isEmpty();
    assertThat(scores.get(1).<Double>getAs("upper_units")).isZero();
  }

  @Test
  void rowsThatLackAFeatureAreRefused(SparkSession spark) {
    Dataset<Row> rows = TestRows.of(spark, row("uk", "a", 1.0, 4, 1.0, null)).drop("colour");
    assertThatThrownBy(() -> predict(rows, exact))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs the features [colour], which the feature rows do not have");
  }

  private static Dataset<Row> predict(Dataset<Row> rows, TrendModel model) {
    return Scorer.predict(rows, Map.of(TestRows.CUTOFF, model));
  }

  private static List<String> ranks(Dataset<Row> scores) {
    return scores.orderBy("rank").collectAsList().stream()
        .map(
            row ->
                "%s %d %s"
                    .formatted(
                        row.<String>getAs("product_id"),
                        row.<Long>getAs("rank"),
                        row.<Double>getAs("potential")))
        .toList();
  }
}
