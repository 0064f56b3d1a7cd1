package io.trendflow.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Isotonic map from the chance that the residual tables imply to the share of such predictions
 * whose units exceeded the baseline.
 *
 * @param curve calibrated chance by implied chance
 */
public record ChanceMap(PiecewiseCurve curve) implements Serializable {
  /** Number of equal steps to which implied chances are rounded. */
  private static final int STEPS = 200;

  /** Pseudo-count of the prior at each step, that the implied chance is right, in predictions. */
  private static final double PRIOR_PREDICTIONS = 0.5;

  /**
   * Implied chance and outcome of a past prediction.
   *
   * @param implied chance that the residual tables imply
   * @param exceeded whether the units exceeded the baseline
   */
  record Outcome(double implied, boolean exceeded) {}

  /** Returns the map that changes nothing. */
  static ChanceMap identity() {
    return new ChanceMap(new PiecewiseCurve(List.of(0.0, 1.0), List.of(0.0, 1.0)));
  }

  /** Learns the map from past predictions, in any order. */
  static ChanceMap of(Collection<Outcome> outcomes) {
    double[] weights = new double[STEPS + 1];
    double[] exceeded = new double[STEPS + 1];
    for (int step = 0; step <= STEPS; step++) {
      weights[step] = PRIOR_PREDICTIONS;
      exceeded[step] = PRIOR_PREDICTIONS * step / STEPS;
    }
    for (Outcome outcome : outcomes) {
      int step = (int) Math.rint(STEPS * outcome.implied());
      weights[step]++;
      exceeded[step] += outcome.exceeded() ? 1 : 0;
    }
    double[] shares = new double[STEPS + 1];
    for (int step = 0; step <= STEPS; step++) {
      shares[step] = exceeded[step] / weights[step];
    }
    return new ChanceMap(curve(IsotonicFit.of(shares, weights)));
  }

  /** Returns the calibrated chance. */
  double chance(double implied) {
    return curve.at(implied);
  }

  /** Returns the curve through the ends of the fit's constant parts. */
  private static PiecewiseCurve curve(double[] fitted) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int step = 0; step <= STEPS; step++) {
      boolean inside =
          step > 0
              && step < STEPS
              && fitted[step - 1] == fitted[step]
              && fitted[step] == fitted[step + 1];
      if (!inside) {
        x.add((double) step / STEPS);
        y.add(fitted[step]);
      }
    }
    return new PiecewiseCurve(x, y);
  }
}
