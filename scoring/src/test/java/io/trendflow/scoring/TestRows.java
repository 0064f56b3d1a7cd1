package io.trendflow.scoring;

import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.InputFeature;
import io.trendflow.model.MeanCurves;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.Provenance;
import io.trendflow.model.Tree;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.FeatureFamily;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Feature rows with two features, and a model for them. */
final class TestRows {
  static final LocalDate CUTOFF = LocalDate.parse("2024-03-31");

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "cutoff DATE, market STRING, product_id STRING, lifecycle STRING, name STRING,"
              + " category STRING, brand STRING, price DOUBLE, price_assumed BOOLEAN,"
              + " currency STRING, launch_date DATE, horizon_start DATE, baseline_units DOUBLE,"
              + " last_horizon_units DOUBLE, mean_84_units DOUBLE, last_year_units DOUBLE,"
              + " category_launch_units DOUBLE, recent_weekly_units ARRAY<DOUBLE>,"
              + " trend_drivers ARRAY<STRUCT<feature: STRING, source: STRING, keyword: STRING,"
              + " family: STRING>>, check_stock BOOLEAN, week_shares ARRAY<DOUBLE>,"
              + " promoted_week_shares ARRAY<DOUBLE>, log_units DOUBLE, colour STRING");

  private TestRows() {}

  static Dataset<Row> of(SparkSession spark, Row... rows) {
    return spark.createDataFrame(List.of(rows), SCHEMA);
  }

  /**
   * Returns an established product.
   *
   * @param logUnits prediction of {@link #model} on the log scale, if the product is not red
   */
  static Row row(
      String market,
      String product,
      @Nullable Double price,
      double baseline,
      @Nullable Double logUnits,
      @Nullable String colour) {
    return row("established", market, product, price, baseline, logUnits, colour);
  }

  static Row row(
      String lifecycle,
      String market,
      String product,
      @Nullable Double price,
      double baseline,
      @Nullable Double logUnits,
      @Nullable String colour) {
    return RowFactory.create(
        CUTOFF,
        market,
        product,
        lifecycle,
        "Name " + product,
        null,
        null,
        price,
        false,
        "GBP",
        null,
        CUTOFF.plusDays(1),
        baseline,
        null,
        null,
        null,
        null,
        new Double[] {1.0, 2.0},
        null,
        false,
        new Double[] {0.4, 0.3, 0.2, 0.1},
        null,
        logUnits,
        colour);
  }

  /**
   * Returns a model that predicts 1 up to log_units 1.5 and if it is missing, 2 up to 2.5,
   * otherwise 3; for red, half as much again.
   */
  static TrendModel model(PredictionCalibration calibration) {
    return model(PredictionTarget.UNITS, calibration);
  }

  /** Returns the same model with another target. */
  static TrendModel model(PredictionTarget target, PredictionCalibration calibration) {
    return model(
        target,
        List.of(
            InputFeature.numeric("log_units", FeatureFamily.RECENT_SALES, "log(1 + units)"),
            InputFeature.categorical("colour", FeatureFamily.PRODUCT, List.of("blue", "red"))),
        List.of(
            stump(0, 1.5, new int[0], 0, 1),
            stump(0, 2.5, new int[0], 0, 1),
            stump(1, 0, new int[] {1}, 0.5, 0)),
        calibration);
  }

  /** Returns a model with the base value 1. */
  static TrendModel model(
      PredictionTarget target,
      List<InputFeature> features,
      List<Tree> trees,
      PredictionCalibration calibration) {
    return new TrendModel(
        TrendModel.FORMAT_VERSION,
        "m1",
        28,
        target,
        features,
        FeatureEncoder.MISSING,
        1,
        trees,
        MeanCurves.uncorrected(),
        null,
        calibration,
        new Provenance(
            "0.1.0",
            "r1",
            Map.of(),
            CUTOFF,
            List.of(CUTOFF.minusDays(28)),
            100,
            List.of(),
            1,
            List.of(),
            Instant.EPOCH),
        null);
  }

  /** Returns a tree with one split, both sides of which have equally many examples. */
  static Tree stump(
      int feature, double threshold, int[] leftCategories, double left, double right) {
    return new Tree(
        new int[] {feature, Tree.LEAF, Tree.LEAF},
        new double[] {threshold, 0, 0},
        new int[][] {leftCategories, {}, {}},
        new int[] {1, -1, -1},
        new int[] {2, -1, -1},
        new double[] {0, left, right},
        new double[] {2, 1, 1});
  }
}
