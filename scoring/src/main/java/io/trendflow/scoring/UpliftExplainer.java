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
 * every correction between prediction and mean units. It is the usual level of a model that starts
 * from the row's baseline.
 *
 * <p>The inputs that count sales all say how much the product sells, and so does the baseline.
 * Trees split on one of them and correct it by another: their contributions are large and cancel
 * out. Only their net sum is kept. A model that starts from the mean of all products first explains
 * the way to the baseline by these inputs, which is therefore part of the sum.
 *
 * <p>An instance has the explainer's buffers: use one for each thread.
 */
final class UpliftExplainer {
  private static final double PRECISION = 1e-12;

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
   * Splits the uplift of a row. {@link UpliftShrinking} shrinks every part alike.
   *
   * @param encoded a row of {@link io.trendflow.model.FeatureEncoder#encode}
   * @param meanUnits expected units before the shrinking
   * @return contribution of each feature, in the order of the features, and then the usual level,
   *     which belongs to none; their sum is the uplift
   */
  double[] split(double[] encoded, double meanUnits, double expectedUnits, double baselineUnits) {
    double whole = uplift(meanUnits, baselineUnits);
    double[] inputs = explainer.contributions(encoded);
    double rest = whole - Arrays.stream(inputs).sum();
    double kept = settle(inputs, startsFromBaseline ? 0 : rest);
    double[] parts = Arrays.copyOf(inputs, inputs.length + 1);
    parts[inputs.length] = startsFromBaseline ? kept + rest : kept;
    double left = Math.abs(whole) < PRECISION ? 1 : uplift(expectedUnits, baselineUnits) / whole;
    return Arrays.stream(parts).map(part -> part * left).toArray();
  }

  /**
   * Gives the inputs that count sales their net sum: those on its side get it in proportion, the
   * others nothing. If there is none on its side, all of them get it by size.
   *
   * @param rest what the sum includes beyond the inputs
   * @return the rest if no input that counts sales contributes, otherwise 0
   */
  private double settle(double[] inputs, double rest) {
    double net = rest;
    double up = 0;
    double down = 0;
    for (int i = 0; i < inputs.length; i++) {
      if (counts[i]) {
        net += inputs[i];
        up += Math.max(0, inputs[i]);
        down += Math.max(0, -inputs[i]);
      }
    }
    if (up + down == 0) {
      return rest;
    }
    double own = net < 0 ? down : up;
    for (int i = 0; i < inputs.length; i++) {
      if (counts[i]) {
        boolean onItsSide = inputs[i] * net > 0;
        double size = Math.abs(inputs[i]);
        inputs[i] = own == 0 ? net * size / (up + down) : onItsSide ? net * size / own : 0;
      }
    }
    return 0;
  }
}
