package io.trendflow.model;

import java.util.List;

/**
 * Explains a model's predictions by exact path-dependent TreeSHAP on the training covers, see
 * {@link TreeShap}. Keeps buffers, so that each thread needs one of its own.
 */
public final class Explainer {
  private final List<TreeShap> trees;
  private final int features;
  private final PredictionTarget target;
  private final double mean;
  private final int[] states;
  private final double[] sums;

  Explainer(TrendModel model) {
    int depth = model.trees().stream().mapToInt(Tree::depth).max().orElse(0);
    int nodes = model.trees().stream().mapToInt(Tree::size).max().orElse(0);
    GaussLegendre rule = new GaussLegendre(Math.max(0, depth - 1));
    this.trees = model.trees().stream().map(tree -> new TreeShap(tree, rule)).toList();
    this.features = model.features().size();
    this.target = model.target();
    this.mean = model.baseValue() + model.trees().stream().mapToDouble(Tree::meanPrediction).sum();
    this.states = new int[nodes];
    this.sums = new double[nodes * rule.points.length];
  }

  /**
   * What the contributions of a row are added to: the mean {@link TrendModel#predict} of the
   * training examples, and the row's {@link PredictionTarget#offset}, which no tree knows and no
   * feature has a part in. A model of growth so explains what departs from the row's baseline.
   *
   * @param baselineUnits of the row; a model of units does not look at it
   */
  public double baseValue(double baselineUnits) {
    return mean + target.offset(baselineUnits);
  }

  /**
   * What each feature contributes to the raw prediction of a row, log(1 + units), in the features'
   * order. With the row's {@link #baseValue} they add up to it.
   *
   * @param encoded a row of {@link FeatureEncoder#encode}
   */
  public double[] contributions(double[] encoded) {
    double[] contributions = new double[features];
    for (TreeShap tree : trees) {
      tree.add(encoded, contributions, states, sums);
    }
    return contributions;
  }
}
