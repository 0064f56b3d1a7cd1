package io.trendflow.model;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Isotonic map from the chance that the residual tables imply to the share of such predictions
 * whose units exceeded the baseline.
 *
 * <p>At some cutoffs, more products exceed their baseline than at others, because the level changes
 * with the season. The chances of each cutoff are therefore shifted on the logit scale until their
 * mean is the share that exceeded the baseline. Then each enters twice: too high by a usual shift
 * and too low by it, because the next cutoff's shift is unknown.
 *
 * @param curve calibrated chance by implied chance
 */
public record ChanceMap(PiecewiseCurve curve) implements Serializable {
  /** Number of equal steps to which implied chances are rounded. */
  private static final int STEPS = 200;

  /** Weight of a cutoff, whose rows are alike; that of the prior, the identity, is 1 a step. */
  private static final double CUTOFF_WEIGHT = 200;

  /** Largest shift, on the logit scale, that counts as usual. */
  private static final double USUAL_SHIFT = 0.3;

  /** Range of the shifts on the logit scale. */
  private static final double MAX_SHIFT = 8;

  private static final int HALVINGS = 40;

  /** Distance of an implied chance from 0 and 1, where its logit is infinite. */
  private static final double MARGIN = 0.002;

  /**
   * Implied chance and outcome of a past prediction.
   *
   * @param implied chance that the residual tables imply
   * @param exceeded whether the units exceeded the baseline
   */
  record Outcome(LocalDate cutoff, double implied, boolean exceeded) {
    private double shifted(double shift) {
      double bounded = Math.max(MARGIN, Math.min(1 - MARGIN, implied));
      return 1 / (1 + Math.exp(-Math.log(bounded / (1 - bounded)) - shift));
    }
  }

  /** Returns the map that changes nothing. */
  static ChanceMap identity() {
    return new ChanceMap(new PiecewiseCurve(List.of(0.0, 1.0), List.of(0.0, 1.0)));
  }

  /** Learns the map from past predictions, in any order. */
  static ChanceMap of(Collection<Outcome> outcomes) {
    double[] weights = new double[STEPS + 1];
    double[] exceeded = new double[STEPS + 1];
    for (int step = 0; step <= STEPS; step++) {
      weights[step] = 1;
      exceeded[step] = (double) step / STEPS;
    }
    Map<LocalDate, List<Outcome>> cutoffs =
        outcomes.stream().collect(groupingBy(Outcome::cutoff, TreeMap::new, toList()));
    double weight = CUTOFF_WEIGHT * cutoffs.size() / Math.max(1, outcomes.size()) / 2;
    for (List<Outcome> cutoff : cutoffs.values()) {
      double shift = shift(cutoff);
      double usual = Math.max(-USUAL_SHIFT, Math.min(USUAL_SHIFT, shift));
      for (Outcome outcome : cutoff) {
        for (double error : new double[] {-usual, usual}) {
          int step = (int) Math.rint(STEPS * outcome.shifted(shift + error));
          weights[step] += weight;
          exceeded[step] += outcome.exceeded() ? weight : 0;
        }
      }
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

  /** Returns the shift after which a cutoff's mean chance is the share that exceeded it. */
  private static double shift(List<Outcome> cutoff) {
    double share = cutoff.stream().mapToDouble(o -> o.exceeded() ? 1 : 0).average().orElseThrow();
    double low = -MAX_SHIFT;
    double high = MAX_SHIFT;
    for (int i = 0; i < HALVINGS; i++) {
      double shift = (low + high) / 2;
      if (cutoff.stream().mapToDouble(o -> o.shifted(shift)).average().orElseThrow() < share) {
        low = shift;
      } else {
        high = shift;
      }
    }
    return low;
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
