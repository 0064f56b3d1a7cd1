package io.trendflow.scoring;

import static io.trendflow.scoring.TestRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.groups.Tuple.tuple;

import io.trendflow.model.InputFeature;
import io.trendflow.model.MeanCurve;
import io.trendflow.model.MeanCurves;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.Tree;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.FeatureFamily;
import io.trendflow.testing.SharedSpark;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SharedSpark.class)
class ScoreReasonsTest {
  private static final List<String> LIFECYCLES = List.of("established");
  private static final List<FeatureFamily> EXPLAINING =
      Arrays.stream(FeatureFamily.values()).filter(FeatureFamily::explains).toList();

  private static final double PRECISION = 1e-9;

  @ParameterizedTest
  @EnumSource
  void theFamiliesLeadFromTheBaselineToTheExpectedUnits(
      PredictionTarget target, SparkSession spark) {
    MeanCurves curves = new MeanCurves(Map.of(), new MeanCurve(0.2, 0.9));
    TrendModel model = TestRows.model(target, PredictionCalibration.unknown()).withMeans(curves);
    Dataset<Row> rows =
        TestRows.of(
            spark,
            row("uk", "a", 1.0, 1, 1.0, "blue"),
            row("uk", "b", 1.0, 20, 2.0, "red"),
            row("uk", "c", 1.0, 0, 3.0, "never seen"),
            row("uk", "d", 1.0, 1, null, null));
    List<Row> scores = Scorer.score(rows, model, LIFECYCLES, Optional.empty()).collectAsList();
    assertThat(scores).hasSize(4);
    for (Row score : scores) {
      double expected = score.<Double>getAs("expected_units");
      double baseline = score.<Double>getAs("baseline_units");
      assertThat(sum(score, "contribution"))
          .isCloseTo(Math.log((1 + expected) / (1 + baseline)), within(PRECISION));
      assertThat(sum(score, "units")).isCloseTo(expected - baseline, within(PRECISION));
      for (Row family : list(score, "families")) {
        double contribution = family.<Double>getAs("contribution");
        assertThat(family.<Double>getAs("units") * contribution).isPositive();
        assertThat(1 + family.<Double>getAs("effect") / 100)
            .isCloseTo(Math.exp(contribution), within(PRECISION));
      }
    }
  }

  /** The families of a row without uplift add up to 0 units. */
  @Test
  void theUnitsOfFamiliesThatCancelOutAddUpToo(SparkSession spark) {
    double red = Math.expm1(2.5);
    Dataset<Row> rows = TestRows.of(spark, row("uk", "a", 1.0, red, 2.0, "red"));
    Row score =
        Scorer.score(
                rows, TestRows.model(PredictionCalibration.unknown()), LIFECYCLES, Optional.empty())
            .first();
    assertThat(list(score, "families")).isNotEmpty();
    assertThat(sum(score, "units")).isCloseTo(0, within(PRECISION));
    assertThat(list(score, "reasons")).isEmpty();
  }

  @Test
  void valuesAreAsPeopleCountThemAndMissingOnesAreAFamily(SparkSession spark) {
    Dataset<Row> rows =
        TestRows.of(spark, row("uk", "a", 1.0, 9, 3.0, "red"), row("uk", "b", 1.0, 9, null, null));
    TrendModel model = TestRows.model(PredictionTarget.GROWTH, PredictionCalibration.unknown());
    Dataset<Row> scores = Scorer.score(rows, model, LIFECYCLES, Optional.empty());
    Row a = scores.filter("product_id = 'a'").first();
    // The thresholds halve the examples: log_units contributes half of each step, red a quarter.
    assertThat(list(a, "reasons"))
        .extracting(
            r -> r.getAs("feature"),
            r -> r.getAs("family"),
            r -> r.getAs("value"),
            r -> r.getAs("category"),
            r -> r.getAs("unit"),
            r -> r.getAs("contribution"))
        .containsExactly(
            tuple("log_units", "recent_sales", Math.expm1(3), null, "units", 1.0),
            tuple("colour", "product", null, "red", null, 0.25));
    assertThat(families(a)).containsExactly("usual_level", "recent_sales", "product");
    Row b = scores.filter("product_id = 'b'").first();
    assertThat(list(b, "reasons")).isEmpty();
    assertThat(families(b)).containsExactly("usual_level", "missing");
  }

  @Test
  void theSeriesThatMovesATrendNamesItAndSaysWhetherItIsSocial(SparkSession spark) {
    List<InputFeature> features =
        List.of(
            InputFeature.numeric("trend_level", FeatureFamily.SEARCHES, "log ratio"),
            InputFeature.numeric("trend_slope_4", FeatureFamily.SEARCHES, "log ratio"));
    List<Tree> trees =
        List.of(
            TestRows.stump(0, 0, new int[0], -0.4, 0.4), TestRows.stump(1, 0, new int[0], 0, 0.2));
    TrendModel model =
        TestRows.model(PredictionTarget.GROWTH, features, trees, PredictionCalibration.unknown());
    String drivers =
        """
        array(
          named_struct('feature', 'trend_level', 'source', 'google_trends',
            'keyword', 'tractor planter', 'family', 'searches'),
          named_struct('feature', 'trend_slope_4', 'source', 'tiktok',
            'keyword', '#planter', 'family', 'social')) trend_drivers
        """;
    Dataset<Row> rows =
        TestRows.of(spark, row("uk", "a", 1.0, 9, 3.0, "red"))
            .drop("trend_drivers")
            .selectExpr(
                "*",
                "2D trend_level",
                "1D trend_slope_4",
                "30D expected_units",
                "30D mean_units",
                drivers);
    assertThat(list(ScoreReasons.append(rows, model).first(), "reasons"))
        .extracting(r -> r.getAs("family"), r -> r.getAs("source"), r -> r.getAs("keyword"))
        .containsExactly(
            tuple("searches", "google_trends", "tractor planter"),
            tuple("social", "tiktok", "#planter"));
  }

  @Test
  void pastLaunchesDescribeTheCategoryOfAnEstablishedProduct(SparkSession spark) {
    InputFeature launches =
        InputFeature.numeric("log_units", FeatureFamily.LAUNCHES, "log(1 + units)");
    TrendModel model =
        TestRows.model(
            PredictionTarget.GROWTH,
            List.of(launches),
            List.of(TestRows.stump(0, 0, new int[0], 0, 1)),
            PredictionCalibration.unknown());
    Dataset<Row> rows =
        TestRows.of(
            spark,
            row("established", "uk", "a", 1.0, 1, 3.0, null),
            row("launch", "uk", "b", 1.0, 1, 3.0, null));
    Dataset<Row> scores =
        Scorer.score(rows, model, List.of("established", "launch"), Optional.empty());
    assertThat(families(scores.filter("product_id = 'a'").first())).contains("product");
    assertThat(families(scores.filter("product_id = 'b'").first())).contains("launches");
  }

  @Test
  void fiveFamiliesAreReasonsAtMost(SparkSession spark) {
    List<InputFeature> features =
        IntStream.range(0, 7)
            .mapToObj(f -> InputFeature.numeric("f" + f, EXPLAINING.get(f), "days"))
            .toList();
    List<Tree> trees =
        IntStream.range(0, 7)
            .mapToObj(f -> TestRows.stump(f, 0.5, new int[0], -1 - f, 1 + f))
            .toList();
    TrendModel model =
        TestRows.model(PredictionTarget.GROWTH, features, trees, PredictionCalibration.unknown());
    Dataset<Row> rows =
        TestRows.of(spark, row("launch", "uk", "a", 1.0, 1, 3.0, null))
            .selectExpr(
                "*",
                "2D expected_units",
                "2D mean_units",
                "1D f0",
                "1D f1",
                "1D f2",
                "1D f3",
                "0D f4",
                "1D f5",
                "1D f6");
    assertThat(list(ScoreReasons.append(rows, model).first(), "reasons"))
        .extracting(reason -> reason.<String>getAs("feature"))
        .containsExactly("f6", "f5", "f4", "f3", "f2");
  }

  private static double sum(Row score, String field) {
    return list(score, "families").stream().mapToDouble(f -> f.<Double>getAs(field)).sum();
  }

  private static List<String> families(Row score) {
    return list(score, "families").stream().map(f -> f.<String>getAs("family")).toList();
  }

  private static List<Row> list(Row row, String column) {
    return row.getList(row.fieldIndex(column));
  }
}
