package io.trendflow.scoring;

import io.trendflow.model.Prediction;
import org.apache.commons.math3.distribution.PoissonDistribution;

/**
 * Fallback interval if no residuals are known: the equal-tailed 80 % interval of a Poisson variable
 * with the predicted mean, widened to include the median. Real sales vary more, which makes it too
 * narrow: it shows the least uncertainty that would remain even if the mean were right.
 */
final class PoissonInterval {
  private static final double TAIL = 0.1;

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

  /** Returns the smallest count whose cumulative probability is at least {@code share}. */
  static double quantile(double mean, double share) {
    return mean > 0 ? new PoissonDistribution(mean).inverseCumulativeProbability(share) : 0;
  }
}
