package io.trendflow.scoring;

import io.trendflow.model.Prediction;

/**
 * Fallback interval if no residuals are known: the equal-tailed 80 % interval of a Poisson variable
 * with the predicted mean, widened to include the median. Real sales vary more, which makes it too
 * narrow: it shows the least uncertainty that would remain even if the mean were right.
 */
final class PoissonInterval {
  private static final double TAIL = 0.1;

  /** 90 % quantile of the standard normal distribution. */
  private static final double Z90 = 1.2815515655446004;

  /** Mean from which the normal approximation is within one unit. */
  private static final double NORMAL_FROM = 400;

  private PoissonInterval() {}

  /** Returns the prediction, with this interval if it has none. */
  static Prediction complete(Prediction p) {
    if (p.lower() != null) {
      return p;
    }
    double lower = Math.min(p.median(), quantile(p.expected(), TAIL));
    double upper = Math.max(p.median(), quantile(p.expected(), 1 - TAIL));
    return new Prediction(p.raw(), p.median(), p.expected(), lower, upper);
  }

  /**
   * Returns the smallest count whose cumulative probability is at least {@code share}, 0.1 or 0.9.
   */
  static double quantile(double mean, double share) {
    if (mean >= NORMAL_FROM) {
      return Math.round(mean + (share < 0.5 ? -Z90 : Z90) * Math.sqrt(mean));
    }
    int count = 0;
    double probability = Math.exp(-mean);
    double cumulative = probability;
    while (cumulative < share) {
      count++;
      probability *= mean / count;
      cumulative += probability;
    }
    return count;
  }
}
