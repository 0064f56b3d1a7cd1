package io.trendflow.model;

import java.util.Collection;
import java.util.List;

/**
 * Level of a cutoff's outcomes: the units sold as a ratio of the units expected. It follows the
 * season, and the next cutoff has another one. Errors are therefore learned from outcomes at the
 * level that was expected.
 */
final class CutoffLevel {
  /** Pseudo-count of the prior (shrinkage strength) that the level is 1, in predictions. */
  private static final double PRIOR_PREDICTIONS = 200;

  private CutoffLevel() {}

  /** Returns the predictions of one cutoff with the outcomes divided by their level. */
  static List<PastPrediction> removed(Collection<PastPrediction> cutoff) {
    double level = of(cutoff);
    return cutoff.stream().map(past -> past.withActualUnits(past.actualUnits() / level)).toList();
  }

  private static double of(Collection<PastPrediction> cutoff) {
    double sold = cutoff.stream().mapToDouble(PastPrediction::actualUnits).sum();
    double expected = cutoff.stream().mapToDouble(PastPrediction::meanUnits).sum();
    if (!(sold > 0 && expected > 0)) {
      return 1;
    }
    return Math.pow(sold / expected, cutoff.size() / (cutoff.size() + PRIOR_PREDICTIONS));
  }
}
