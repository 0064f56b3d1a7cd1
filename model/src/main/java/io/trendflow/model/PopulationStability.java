package io.trendflow.model;

/**
 * Population stability index: the symmetric Kullback-Leibler divergence of two distributions over
 * the same bins. Below 0.1 they are usually called alike, above 0.25 different.
 */
public final class PopulationStability {
  /** Share that stands for an empty bin, unless another bin has a smaller one. */
  private static final double EMPTY = 1e-4;

  private PopulationStability() {}

  /**
   * Returns the index. An empty bin counts as if it had a share of 0.0001, or a millionth of the
   * smallest share if that is less.
   *
   * @param reference share of each bin
   * @param current share of each bin, in the same order
   */
  public static double index(double[] reference, double[] current) {
    if (reference.length != current.length) {
      throw new IllegalArgumentException(
          "the distributions have %d and %d bins".formatted(reference.length, current.length));
    }
    double emptyReference = empty(reference);
    double emptyCurrent = empty(current);
    double sum = 0;
    for (int i = 0; i < reference.length; i++) {
      if (reference[i] == 0 && current[i] == 0) {
        continue; // no value of either is in the bin
      }
      double a = reference[i] == 0 ? emptyReference : reference[i];
      double b = current[i] == 0 ? emptyCurrent : current[i];
      sum += (a - b) * Math.log(a / b);
    }
    return sum;
  }

  private static double empty(double[] shares) {
    double least = 1;
    for (double share : shares) {
      if (share > 0) {
        least = Math.min(least, share);
      }
    }
    return least <= EMPTY ? least / 1e6 : EMPTY;
  }
}
