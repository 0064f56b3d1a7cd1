package io.trendflow.scoring;

import static io.trendflow.scoring.TestRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.model.InputFeature;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.FeatureFamily;
import io.trendflow.testing.SharedSpark;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSpark.class)
class FurtherHorizonsTest {
  private static final List<String> LIFECYCLES = List.of("new", "established");
  private static final double UNITS_1 = Math.expm1(1);
  private static final double UNITS_2 = Math.expm1(2);
  private static final double UNITS_3 = Math.expm1(3);

  /** The models predict log(1 + units) of 1 up to log_units 1.5 and the second value above it. */
  @Test
  void unitsOfALongerHorizonAreNeverFewer(SparkSession spark) {
    Dataset<Row> rows =
        TestRows.of(
            spark,
            row("uk", "rises", 1.0, 1, 2.0, null),
            row("uk", "stays", 1.0, 1, 1.0, null),
            row("launch", "uk", "left out", 1.0, 1, 1.0, null));
    Dataset<Row> scores = Scorer.score(rows, model(28, 2), LIFECYCLES, Optional.empty());
    List<Row> further =
        FurtherHorizons.append(
                scores,
                List.of(
                    FurtherHorizons.predict(rows, model(56, 3), LIFECYCLES),
                    FurtherHorizons.predict(rows, model(91, 1), LIFECYCLES)))
            .orderBy("product_id")
            .collectAsList();
    assertThat(further).hasSize(2);
    assertThat(expected(further.get(0))).containsExactly(UNITS_2, UNITS_3, UNITS_3);
    assertThat(expected(further.get(1))).containsExactly(UNITS_1, UNITS_1, UNITS_1);
    List<Row> elements = further.get(0).getList(further.get(0).fieldIndex("further_horizons"));
    assertThat(elements)
        .extracting(row -> row.<Long>getAs("horizon_days") + " " + row.<String>getAs("model_id"))
        .containsExactly("56 m56", "91 m91");
    // The Poisson quantiles of 19.1 units, which the third horizon takes over.
    assertThat(elements)
        .allSatisfy(
            row -> {
              assertThat(row.<Double>getAs("units_q05")).isEqualTo(12);
              assertThat(row.<Double>getAs("units_q50")).isCloseTo(UNITS_3, within(1e-12));
              assertThat(row.<Double>getAs("units_q95")).isEqualTo(27);
            });
  }

  @Test
  void aHorizonIsPredictedAsARunOfItAlone(SparkSession spark) {
    Dataset<Row> rows =
        TestRows.of(spark, row("uk", "a", 1.0, 9, 2.0, null), row("uk", "b", 1.0, 1, 1.0, null));
    TrendModel model = model(56, 3);
    String[] columns = {"market", "product_id", "horizon_days", "expected_units", "units_q90"};
    assertThat(
            FurtherHorizons.predict(rows, model, LIFECYCLES)
                .selectExpr(columns)
                .orderBy("product_id")
                .collectAsList())
        .isEqualTo(
            Scorer.score(rows, model, LIFECYCLES, Optional.empty())
                .selectExpr(columns)
                .orderBy("product_id")
                .collectAsList());
  }

  private static List<Double> expected(Row score) {
    List<Row> further = score.getList(score.fieldIndex("further_horizons"));
    return List.of(
        score.<Double>getAs("expected_units"),
        further.get(0).<Double>getAs("expected_units"),
        further.get(1).<Double>getAs("expected_units"));
  }

  private static TrendModel model(int horizonDays, double above) {
    TrendModel model =
        TestRows.model(
            PredictionTarget.UNITS,
            List.of(
                InputFeature.numeric("log_units", FeatureFamily.RECENT_SALES, "log(1 + units)")),
            List.of(TestRows.stump(0, 1.5, new int[0], 0, above - 1)),
            PredictionCalibration.unknown());
    return new TrendModel(
        model.formatVersion(),
        "m" + horizonDays,
        horizonDays,
        model.target(),
        model.features(),
        model.missing(),
        model.baseValue(),
        model.trees(),
        model.means(),
        model.meanTrees(),
        model.calibration(),
        model.provenance(),
        model.reference());
  }
}
