package io.trendflow.model;

import java.io.Serializable;
import java.util.List;

/**
 * How actual units spread around the raw predictions of a kind, on the scale log(1 + units).
 *
 * @param from smallest raw prediction of the cell
 * @param n number of residuals
 * @param q10 a residual is below it in at most 10 % of the cases
 * @param q90 a residual is above it in at most 10 % of the cases
 */
public record ResidualCell(double from, int n, double q10, double q90) implements Serializable {
  /** Below this many residuals an 80 % interval that keeps its promise has no ends. */
  static final int MIN_RESIDUALS = 9;

  /** One over the share left out on either side. */
  private static final int TAIL = 10;

  public ResidualCell {
    if (n < MIN_RESIDUALS || !(q10 <= q90)) {
      throw new IllegalArgumentException(
          "a residual cell needs %d residuals and ordered quantiles, but has n=%d, q10=%s, q90=%s"
              .formatted(MIN_RESIDUALS, n, q10, q90));
    }
  }

  /**
   * The cell of some residuals. The interval's ends are the finite-sample quantiles of split
   * conformal prediction: of n residuals in order the floor(0.1 (n + 1))th and the ceil(0.9 (n +
   * 1))th, so that a new residual lies between them in at least 80 % of the cases.
   */
  static ResidualCell of(List<PredictionResidual> residuals) {
    double[] sorted = residuals.stream().mapToDouble(PredictionResidual::value).sorted().toArray();
    int n = sorted.length;
    int tail = (n + 1) / TAIL;
    return new ResidualCell(
        residuals.stream().mapToDouble(PredictionResidual::rawPrediction).min().orElseThrow(),
        n,
        sorted[tail - 1],
        sorted[n - tail]);
  }
}
