package io.trendflow.model;

/** Weighted least squares under the constraint that the fitted values never fall. */
final class IsotonicFit {
  private IsotonicFit() {}

  /**
   * Returns the fitted values, by pool adjacent violators (Ayer et al. 1955): neighbours that fall
   * are replaced by their weighted mean until none falls.
   *
   * @param weights positive weight of each value
   */
  static double[] of(double[] values, double[] weights) {
    int n = values.length;
    double[] means = new double[n];
    double[] sums = new double[n];
    int[] sizes = new int[n];
    int blocks = 0;
    for (int i = 0; i < n; i++) {
      means[blocks] = values[i];
      sums[blocks] = weights[i];
      sizes[blocks] = 1;
      blocks++;
      while (blocks > 1 && means[blocks - 2] >= means[blocks - 1]) {
        double sum = sums[blocks - 2] + sums[blocks - 1];
        means[blocks - 2] =
            (means[blocks - 2] * sums[blocks - 2] + means[blocks - 1] * sums[blocks - 1]) / sum;
        sums[blocks - 2] = sum;
        sizes[blocks - 2] += sizes[blocks - 1];
        blocks--;
      }
    }
    double[] fitted = new double[n];
    int next = 0;
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < sizes[block]; i++) {
        fitted[next++] = means[block];
      }
    }
    return fitted;
  }
}
