package io.trendflow.jobs.monitor;

import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/** Distance of a value from the median of earlier ones, in robust standard deviations. */
final class RobustScore {
  /** Standard deviation of a normal distribution over its median absolute deviation. */
  private static final double PER_DEVIATION = 1.4826;

  private RobustScore() {}

  static double median(double[] values) {
    return new Median().evaluate(values);
  }

  /**
   * Returns the score.
   *
   * @param least least relative deviation that counts as usual, because a few equal values have
   *     none
   */
  static double of(double value, double[] earlier, double least) {
    double median = median(earlier);
    double deviation =
        PER_DEVIATION
            * median(Arrays.stream(earlier).map(other -> Math.abs(other - median)).toArray());
    double usual = Math.max(deviation, least * Math.abs(median));
    return usual == 0 ? 0 : (value - median) / usual;
  }
}
