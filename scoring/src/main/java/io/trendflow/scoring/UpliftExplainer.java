package io.trendflow.scoring;

import io.trendflow.model.Explainer;
import io.trendflow.model.NaturalUnit;
import io.trendflow.model.TrendModel;
import java.util.Arrays;

/**
 * Splits a row's uplift on the log scale, log((1 + expected_units) / (1 + baseline_units)), exactly
 * among the model's inputs.
 *
 * <p>The contributions of {@link Explainer} explain the step from its start value to the
 * prediction. What they lack of the uplift is the start value's distance from the baseline and
 * every correction between prediction and expected units. A model that starts from the row's
 * baseline leaves it as the usual level. A model that starts from the mean of all products does
 * not: its inputs first say how much the product sells at all, which the baseline says too. The
 * rest is therefore taken back from the inputs that count sales.
 *
 * <p>An instance has the explainer's buffers: use one for each thread.
 */
final class UpliftExplainer {
  private static final double PRECISION = 1e-9;

  private final Explainer explainer;
  private final boolean startsFromBaseline;

  /** For each feature, whether its number counts sales: its unit is the log of a count. */
  private final boolean[] counts;

  UpliftExplainer(TrendModel model) {
    explainer = model.explainer();
    double step = explainer.baseValue(1) - explainer.baseValue(0);
    startsFromBaseline = Math.abs(step - Math.log1p(1)) < PRECISION;
    counts = new boolean[model.features().size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = model.features().get(i).naturalUnit().scale() == NaturalUnit.Scale.LOG_1P;
    }
  }

  /** Returns log((1 + expected_units) / (1 + baseline_units)). */
  static double uplift(double expectedUnits, double baselineUnits) {
    return Math.log1p(expectedUnits) - Math.log1p(baselineUnits);
  }

  /**
   * Splits the uplift of a row.
   *
   * @param encoded a row of {@link io.trendflow.model.FeatureEncoder#encode}
   * @return contribution of each feature, in the order of the features, and then the usual level,
   *     which belongs to none; their sum is the uplift
   */
  double[] split(double[] encoded, double expectedUnits, double baselineUnits) {
    double[] inputs = explainer.contributions(encoded);
    double rest = uplift(expectedUnits, baselineUnits) - Arrays.stream(inputs).sum();
    double usualLevel = startsFromBaseline ? rest : takeBack(inputs, rest);
    double[] parts = Arrays.copyOf(inputs, inputs.length + 1);
    parts[inputs.length] = usualLevel;
    return parts;
  }

  /**
   * Adds the rest to the inputs that count sales: first to those of the opposite sign, in
   * proportion, until they are 0, then to all of them by the size of their contributions.
   *
   * @return what no input could take: all of it if no input that counts sales contributes
   */
  private double takeBack(double[] inputs, double rest) {
    double opposite = 0;
    double sizes = 0;
    for (int i = 0; i < inputs.length; i++) {
      if (counts[i]) {
        opposite += inputs[i] * rest < 0 ? Math.abs(inputs[i]) : 0;
        sizes += Math.abs(inputs[i]);
      }
    }
    if (sizes == 0) {
      return rest;
    }
    double kept = opposite == 0 ? 1 : Math.max(0, 1 - Math.abs(rest) / opposite);
    double beyond = Math.signum(rest) * Math.max(0, Math.abs(rest) - opposite);
    for (int i = 0; i < inputs.length; i++) {
      if (counts[i]) {
        double size = Math.abs(inputs[i]);
        inputs[i] *= inputs[i] * rest < 0 ? kept : 1;
        inputs[i] += beyond * size / sizes;
      }
    }
    return 0;
  }
}
