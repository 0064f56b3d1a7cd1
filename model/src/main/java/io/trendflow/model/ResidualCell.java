package io.trendflow.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * How actual units spread around the raw predictions of a kind, on the scale log(1 + units).
 *
 * @param from smallest raw prediction of the cell
 * @param n number of residuals
 * @param q10 a residual is below it in at most 10 % of the cases
 * @param q90 a residual is above it in at most 10 % of the cases
 * @param meanExp mean of exp(residual)
 */
public record ResidualCell(double from, int n, double q10, double q90, double meanExp)
    implements Serializable {
  /** Below this many residuals an 80 % interval that keeps its promise has no ends. */
  static final int MIN_RESIDUALS = 9;

  /** One over the share left out on either side. */
  private static final int TAIL = 10;

  public ResidualCell {
    if (n < MIN_RESIDUALS || !(q10 <= q90 && meanExp > 0)) {
      throw new IllegalArgumentException(
          "a residual cell needs %d residuals, ordered quantiles and a positive mean, but has n=%d, q10=%s, q90=%s, mean_exp=%s"
              .formatted(MIN_RESIDUALS, n, q10, q90, meanExp));
    }
  }

  /**
   * The cell of some residuals. The interval's ends are the finite-sample quantiles of split
   * conformal prediction: of n residuals in order the floor(0.1 (n + 1))th and the ceil(0.9 (n +
   * 1))th, so that a new residual lies between them in at least 80 % of the cases.
   */
  static ResidualCell of(List<Residual> residuals) {
    double[] sorted = residuals.stream().mapToDouble(Residual::value).sorted().toArray();
    int n = sorted.length;
    int tail = (n + 1) / TAIL;
    return new ResidualCell(
        residuals.stream().mapToDouble(Residual::rawPrediction).min().orElseThrow(),
        n,
        sorted[tail - 1],
        sorted[n - tail],
        Arrays.stream(sorted).map(Math::exp).average().orElseThrow());
  }

  /**
   * The median is the raw prediction as it is: the past's median residual drifts with the season
   * and, added here, made it worse.
   */
  Prediction predict(double raw) {
    double median = Math.max(0, Math.expm1(raw));
    return new Prediction(
        raw,
        median,
        Math.max(0, Math.exp(raw) * meanExp - 1),
        Math.min(median, Math.max(0, Math.expm1(raw + q10))),
        Math.max(median, Math.expm1(raw + q90)));
  }
}
