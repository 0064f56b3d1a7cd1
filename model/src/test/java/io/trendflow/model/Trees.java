package io.trendflow.model;

import io.trendflow.schemas.FeatureFamily;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Small trees for tests. */
final class Trees {
  private Trees() {}

  static Tree numeric(int feature, double threshold, double left, double right) {
    return split(feature, threshold, new int[0], left, right);
  }

  static Tree categorical(int feature, int[] leftCategories, double left, double right) {
    return split(feature, 0, leftCategories, left, right);
  }

  static Tree leaf(double value) {
    return new Tree(
        new int[] {Tree.LEAF},
        new double[1],
        new int[1][0],
        new int[] {-1},
        new int[] {-1},
        new double[] {value},
        new double[] {10});
  }

  /** Returns a model with numeric features. */
  static TrendModel model(int features, double baseValue, List<Tree> trees) {
    return model(PredictionTarget.UNITS, features, baseValue, trees);
  }

  static TrendModel model(
      PredictionTarget target, int features, double baseValue, List<Tree> trees) {
    return model(target, features, baseValue, trees, null);
  }

  static TrendModel model(
      PredictionTarget target,
      int features,
      double baseValue,
      List<Tree> trees,
      @Nullable MeanTrees meanTrees) {
    return new TrendModel(
        TrendModel.FORMAT_VERSION,
        "m1",
        28,
        target,
        IntStream.range(0, features)
            .mapToObj(f -> InputFeature.numeric("f" + f, FeatureFamily.RECENT_SALES, "days"))
            .toList(),
        FeatureEncoder.MISSING,
        baseValue,
        trees,
        MeanCurves.uncorrected(),
        meanTrees,
        PredictionCalibration.unknown(),
        new Provenance(
            "0.1.0",
            "r1",
            Map.of(),
            LocalDate.EPOCH,
            List.of(),
            0,
            List.of(),
            1,
            List.of(),
            Instant.EPOCH),
        null);
  }

  private static Tree split(
      int feature, double threshold, int[] leftCategories, double left, double right) {
    return new Tree(
        new int[] {feature, Tree.LEAF, Tree.LEAF},
        new double[] {threshold, 0, 0},
        new int[][] {leftCategories, {}, {}},
        new int[] {1, -1, -1},
        new int[] {2, -1, -1},
        new double[] {0, left, right},
        new double[] {10, 4, 6});
  }
}
