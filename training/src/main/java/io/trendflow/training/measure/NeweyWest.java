package io.trendflow.training.measure;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Standard error of a mean over successive origins, whose horizons overlap (Newey and West, A
 * Simple, Positive Semi-definite, Heteroskedasticity and Autocorrelation Consistent Covariance
 * Matrix, 1987).
 */
final class NeweyWest {
  /**
   * Fewest origins with a standard error: with fewer, the deviations from their own mean are much
   * smaller than those from the true one.
   */
  static final int MIN_ORIGINS = 8;

  private static final int LAGS = 3;

  /** Smallest variance, so that a difference that is always the same has an error above 0. */
  private static final double MIN_VARIANCE = 1e-12;

  private NeweyWest() {}

  /** Returns the standard error of the mean; null for fewer than 8 values. */
  static @Nullable Double standardError(double[] values) {
    int n = values.length;
    if (n < MIN_ORIGINS) {
      return null;
    }
    double mean = DoubleStream.of(values).sum() / n;
    double[] deviations = DoubleStream.of(values).map(value -> value - mean).toArray();
    double variance = covariance(deviations, 0);
    for (int lag = 1; lag <= LAGS; lag++) {
      variance += 2 * (1 - lag / (LAGS + 1.0)) * covariance(deviations, lag);
    }
    return Math.sqrt(Math.max(variance, MIN_VARIANCE) / n);
  }

  private static double covariance(double[] deviations, int lag) {
    return IntStream.range(lag, deviations.length)
            .mapToDouble(i -> deviations[i] * deviations[i - lag])
            .sum()
        / deviations.length;
  }
}
