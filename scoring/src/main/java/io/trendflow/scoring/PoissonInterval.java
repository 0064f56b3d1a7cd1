package io.trendflow.scoring;

import io.trendflow.model.Prediction;
import io.trendflow.model.UnitQuantiles;
import org.apache.commons.math3.distribution.PoissonDistribution;

/**
 * Fallback distribution if no residuals are known: the quantiles of a Poisson variable with the
 * predicted mean, of which none below the median is higher and none above it lower. Real sales vary
 * more, which makes it too narrow: it shows the least uncertainty that would remain even if the
 * mean were right.
 */
final class PoissonInterval {
  private PoissonInterval() {}

  /** Returns the prediction, with these quantiles if it has none. */
  static Prediction complete(Prediction p) {
    return p.quantiles() == null
        ? new Prediction(p.raw(), p.median(), p.expected(), quantiles(p), p.chance())
        : p;
  }

  private static UnitQuantiles quantiles(Prediction p) {
    return new UnitQuantiles(
        UnitQuantiles.LEVELS.stream().map(level -> quantile(p, level)).toList());
  }

  private static double quantile(Prediction p, int level) {
    if (level == 50) {
      return p.median();
    }
    double units = quantile(p.expected(), level / 100.0);
    return level < 50 ? Math.min(p.median(), units) : Math.max(p.median(), units);
  }

  /** Returns the smallest count whose cumulative probability is at least {@code share}. */
  static double quantile(double mean, double share) {
    return mean > 0 ? distribution(mean).inverseCumulativeProbability(share) : 0;
  }

  // Nothing is sampled: a generator of random numbers would take longer to seed than the quantile.
  private static PoissonDistribution distribution(double mean) {
    return new PoissonDistribution(
        null,
        mean,
        PoissonDistribution.DEFAULT_EPSILON,
        PoissonDistribution.DEFAULT_MAX_ITERATIONS);
  }
}
