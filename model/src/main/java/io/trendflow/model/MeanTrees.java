package io.trendflow.model;

import java.io.Serializable;
import java.util.List;

/**
 * Trees that predict the mean itself, by the deviance of a Tweedie distribution, which is less
 * moved by a few high sales than squared errors of units are. Their sum, the base value and log(1 +
 * baseline_units) are log(1 + mean units).
 *
 * @param share weight of this mean on the scale log(1 + units), above 0 and at most 1; the rest is
 *     that of {@link MeanCurves}
 * @param baseValue constant that is added to the sum of the trees
 */
public record MeanTrees(double share, double baseValue, List<Tree> trees) implements Serializable {
  public MeanTrees {
    trees = List.copyOf(trees);
    if (!(share > 0 && share <= 1) || trees.isEmpty()) {
      throw new IllegalArgumentException(
          "the mean has the share %s and %d trees: it must have a share above 0 and at most 1, and at least one tree"
              .formatted(share, trees.size()));
    }
  }

  /**
   * Returns the mean units of a row.
   *
   * @param encoded a row of {@link FeatureEncoder#encode}
   * @param curveUnits mean units by the curves
   */
  double units(double[] encoded, double baselineUnits, double curveUnits) {
    double log = Tree.sum(baseValue + Math.log1p(baselineUnits), trees, encoded);
    return Math.max(0, Math.expm1((1 - share) * Math.log1p(curveUnits) + share * log));
  }
}
