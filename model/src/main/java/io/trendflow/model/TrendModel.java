package io.trendflow.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * A trained model, whole: what {@code model.json} holds.
 *
 * @param formatVersion version of the file's form, {@link #FORMAT_VERSION}
 * @param modelId hash of recipe, training data and cutoff
 * @param horizonDays days predicted
 * @param target what the trees predict
 * @param features inputs in the order of {@link #predict}'s argument
 * @param missing what stands for a missing number
 * @param baseValue added to what the trees add up to
 * @param means what its raw predictions mean on average
 * @param residuals how far off it was out of sample
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
    ResidualTables residuals,
    Provenance provenance)
    implements Serializable {
  /** The one form of file that this code reads and writes. */
  public static final int FORMAT_VERSION = 4;

  public TrendModel {
    features = List.copyOf(features);
    trees = List.copyOf(trees);
    requireFormat(formatVersion);
    if (features.isEmpty() || trees.isEmpty() || horizonDays < 1 || !(missing < 0)) {
      throw new IllegalArgumentException(
          "a model needs features, trees, a horizon of at least a day and a negative missing value");
    }
    for (int i = 0; i < trees.size(); i++) {
      if (trees.get(i).highestFeature() >= features.size()) {
        throw new IllegalArgumentException(
            "tree %d compares feature %d, but the model has the features 0 to %d"
                .formatted(i, trees.get(i).highestFeature(), features.size() - 1));
      }
    }
  }

  /** The model with other residual tables. */
  public TrendModel withResiduals(ResidualTables tables) {
    return with(means, tables);
  }

  /** The model with other mean curves. */
  public TrendModel withMeans(MeanCurves curves) {
    return with(curves, residuals);
  }

  private TrendModel with(MeanCurves curves, ResidualTables tables) {
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
        tables,
        provenance);
  }

  /**
   * How much each feature matters, in the order of the features: its share of what all splits
   * explain. The shares add up to 1; they are all 0 for a model that predicts a constant.
   */
  public double[] importances() {
    double[] gains = new double[features.size()];
    trees.forEach(tree -> tree.addGains(gains));
    double sum = Arrays.stream(gains).sum();
    return Arrays.stream(gains).map(gain -> sum > 0 ? gain / sum : 0).toArray();
  }

  /** Encodes rows for {@link #predict}. */
  public FeatureEncoder encoder() {
    return new FeatureEncoder(features, missing);
  }

  /**
   * The target, which base value and trees add up to.
   *
   * @param encoded a row of {@link FeatureEncoder#encode}
   */
  public double predict(double[] encoded) {
    double sum = baseValue;
    for (Tree tree : trees) {
      sum += tree.predict(encoded);
    }
    return sum;
  }

  /**
   * What a raw prediction says in units. The median is its inverse transform as it is: the past's
   * median residual drifts with the season and, added here, made it worse.
   *
   * @param lifecycle lifecycle at the cutoff
   * @param raw log(1 + units)
   */
  public Prediction units(String lifecycle, double raw) {
    double median = Math.max(0, Math.expm1(raw));
    double expected = means.units(lifecycle, raw);
    ResidualCell errors = residuals.cell(lifecycle, raw);
    return errors == null
        ? new Prediction(raw, median, expected, null, null)
        : new Prediction(
            raw,
            median,
            expected,
            Math.min(median, Math.max(0, Math.expm1(raw + errors.q10()))),
            Math.max(median, Math.expm1(raw + errors.q90())));
  }

  /**
   * What {@link #predict} would give if the model ended after each of its trees.
   *
   * @param encoded a row of {@link FeatureEncoder#encode}
   */
  public double[] staged(double[] encoded) {
    double[] staged = new double[trees.size()];
    double sum = baseValue;
    for (int i = 0; i < staged.length; i++) {
      sum += trees.get(i).predict(encoded);
      staged[i] = sum;
    }
    return staged;
  }

  /** Explains {@link #predict}; one for each thread. */
  public Explainer explainer() {
    return new Explainer(this);
  }

  static void requireFormat(int formatVersion) {
    if (formatVersion != FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "it has the format version %d, but this code reads version %d: train the model again or use the code that wrote it"
              .formatted(formatVersion, FORMAT_VERSION));
    }
  }
}
