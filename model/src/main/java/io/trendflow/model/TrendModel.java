package io.trendflow.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trained model: the content of {@code model.json}.
 *
 * @param formatVersion version of the file format, {@link #FORMAT_VERSION}
 * @param modelId hash of recipe, training data and cutoff
 * @param horizonDays days predicted
 * @param target target that the trees predict
 * @param features inputs in the order of {@link #predict}'s argument
 * @param missing code of a missing number
 * @param baseValue constant that is added to the sum of the trees
 * @param trees trees in rounds: one tree for each of the target's parts
 * @param means curves from raw predictions to mean units
 * @param meanTrees trees whose mean is averaged with that of the curves; null if there are none
 * @param calibration corrections learned from out-of-sample predictions
 * @param reference distributions of the inputs in the training examples; null in a model that was
 *     trained before models had them
 */
public record TrendModel(
    int formatVersion,
    String modelId,
    int horizonDays,
    PredictionTarget target,
    List<InputFeature> features,
    double missing,
    double baseValue,
    List<Tree> trees,
    MeanCurves means,
    @Nullable MeanTrees meanTrees,
    PredictionCalibration calibration,
    Provenance provenance,
    @Nullable InputReference reference)
    implements Serializable {
  /** File format version that this code reads and writes. */
  public static final int FORMAT_VERSION = 6;

  /** Earlier file format version that this code reads: it has no reference. */
  static final int WITHOUT_REFERENCE = 5;

  public TrendModel {
    features = List.copyOf(features);
    trees = List.copyOf(trees);
    requireFormat(formatVersion);
    if (features.isEmpty() || trees.isEmpty() || horizonDays < 1 || !(missing < 0)) {
      throw new IllegalArgumentException(
          "the model has %d features, %d trees, a horizon of %d days and the missing value %s: it must have at least one feature and one tree, a horizon of at least 1 day and a negative missing value"
              .formatted(features.size(), trees.size(), horizonDays, missing));
    }
    for (int i = 0; i < trees.size(); i++) {
      if (trees.get(i).highestFeature() >= features.size()) {
        throw new IllegalArgumentException(
            "tree %d compares feature %d: the model has the features 0 to %d"
                .formatted(i, trees.get(i).highestFeature(), features.size() - 1));
      }
    }
  }

  /** Returns this model with another calibration. */
  public TrendModel withCalibration(PredictionCalibration learned) {
    return with(means, learned, reference);
  }

  /** Returns this model with other mean curves. */
  public TrendModel withMeans(MeanCurves curves) {
    return with(curves, calibration, reference);
  }

  /** Returns this model with the distributions of its inputs. */
  public TrendModel withReference(@Nullable InputReference distributions) {
    return with(means, calibration, distributions);
  }

  private TrendModel with(
      MeanCurves curves, PredictionCalibration learned, @Nullable InputReference distributions) {
    return new TrendModel(
        formatVersion,
        modelId,
        horizonDays,
        target,
        features,
        missing,
        baseValue,
        trees,
        curves,
        meanTrees,
        learned,
        provenance,
        distributions);
  }

  /**
   * Returns the importance of each feature, in the order of the features: its share of the gain of
   * all splits. The shares add up to 1; they are all 0 for a model that predicts a constant.
   */
  public double[] importances() {
    double[] gains = new double[features.size()];
    trees.forEach(tree -> tree.addGains(gains));
    double sum = Arrays.stream(gains).sum();
    return Arrays.stream(gains).map(gain -> sum > 0 ? gain / sum : 0).toArray();
  }

  /** Returns an encoder of rows for {@link #predict}. */
  public FeatureEncoder encoder() {
    return new FeatureEncoder(features, missing);
  }

  /**
   * Returns the predicted target: the base value plus the sum of the trees.
   *
   * @param encoded a row of {@link FeatureEncoder#encode}
   */
  public double predict(double[] encoded) {
    return Tree.sum(baseValue, trees, encoded);
  }

  /**
   * Predicts a row in units.
   *
   * @param encoded a row of {@link FeatureEncoder#encode}
   * @param lifecycle lifecycle at the cutoff
   * @param baselineUnits units that the baseline predicts
   */
  public Prediction predict(double[] encoded, String lifecycle, double baselineUnits) {
    double raw = predict(encoded) + target.offset(baselineUnits);
    Prediction units = units(lifecycle, raw, baselineUnits);
    return meanTrees == null
        ? units
        : units.withExpected(meanTrees.units(encoded, baselineUnits, units.expected()));
  }

  /**
   * Converts a raw prediction to units, with the mean of the curves. The median is its plain
   * inverse transform: the past's median residual drifts with the season, and adding it made the
   * median worse.
   *
   * @param raw log(1 + units)
   */
  Prediction units(String lifecycle, double raw, double baselineUnits) {
    return new Prediction(
        raw,
        Math.max(0, Math.expm1(raw)),
        means.units(lifecycle, raw),
        calibration.quantiles(lifecycle, raw),
        calibration.chance(lifecycle, raw, baselineUnits));
  }

  /**
   * Returns the values that {@link #predict} would give if the model ended after each round of its
   * trees. A round has one tree for each of the target's parts.
   *
   * @param encoded a row of {@link FeatureEncoder#encode}
   */
  public double[] staged(double[] encoded) {
    int parts = target.parts().size();
    double[] staged = new double[trees.size() / parts];
    double sum = baseValue;
    for (int i = 0; i < trees.size(); i++) {
      sum += trees.get(i).predict(encoded);
      staged[i / parts] = sum;
    }
    return staged;
  }

  /** Returns an explainer of {@link #predict}; use one for each thread. */
  public Explainer explainer() {
    return new Explainer(this);
  }

  static void requireFormat(int formatVersion) {
    if (formatVersion != FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "format version %d is not supported: this code reads the versions %d and %d"
              .formatted(formatVersion, WITHOUT_REFERENCE, FORMAT_VERSION));
    }
  }
}
