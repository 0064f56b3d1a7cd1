package io.trendflow.model;

import java.io.Serializable;
import java.util.List;

/**
 * Spread of actual units around the raw predictions of a cell, on the scale log(1 + units).
 *
 * @param from smallest raw prediction of the cell
 * @param n number of residuals
 * @param q10 value that at most 10 % of the residuals are below
 * @param q90 value that at most 10 % of the residuals are above
 */
public record ResidualCell(double from, int n, double q10, double q90) implements Serializable {
  /** Fewest residuals from which an 80 % interval with guaranteed coverage exists. */
  static final int MIN_RESIDUALS = 9;

  /** Reciprocal of the share outside the interval on either side. */
  private static final int TAIL = 10;

  public ResidualCell {
    if (n < MIN_RESIDUALS || !(q10 <= q90)) {
      throw new IllegalArgumentException(
          "a residual cell must have at least %d residuals and q10 <= q90, but has n=%d, q10=%s, q90=%s"
              .formatted(MIN_RESIDUALS, n, q10, q90));
    }
  }

  /**
   * Returns the cell of the given residuals. The ends of the interval are the finite-sample
   * quantiles of split conformal prediction: the floor(0.1 (n + 1))th and the ceil(0.9 (n + 1))th
   * of n sorted residuals. A new residual is between them in at least 80 % of the cases.
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
