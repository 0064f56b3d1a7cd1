package io.trendflow.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Explains a model's predictions by exact path-dependent TreeSHAP on the training covers (see
 * {@link TreeShap}). An instance has buffers: use one for each thread.
 */
public final class Explainer {
  private final List<TreeShap> trees;
  private final int features;
  private final PredictionTarget target;
  private final double meanShare;
  private final double mean;
  private final int[] states;
  private final double[] sums;

  Explainer(TrendModel model) {
    MeanTrees meanTrees = model.meanTrees();
    this.meanShare = meanTrees == null ? 0 : meanTrees.share();
    List<Tree> weighted = new ArrayList<>();
    model.trees().forEach(tree -> weighted.add(tree.times(1 - meanShare)));
    double base = (1 - meanShare) * model.baseValue();
    if (meanTrees != null) {
      meanTrees.trees().forEach(tree -> weighted.add(tree.times(meanShare)));
      base += meanShare * meanTrees.baseValue();
    }
    int depth = weighted.stream().mapToInt(Tree::depth).max().orElse(0);
    int nodes = weighted.stream().mapToInt(Tree::size).max().orElse(0);
    GaussLegendre rule = new GaussLegendre(Math.max(0, depth - 1));
    this.trees = weighted.stream().map(tree -> new TreeShap(tree, rule)).toList();
    this.features = model.features().size();
    this.target = model.target();
    this.mean = base + weighted.stream().mapToDouble(Tree::meanPrediction).sum();
    this.states = new int[nodes];
    this.sums = new double[nodes * rule.points.length];
  }

  /**
   * Returns the start value of a row's explanation, to which its contributions are added: the mean
   * {@link TrendModel#predict(double[])} of the training examples plus the row's {@link
   * PredictionTarget#offset}, which belongs to no tree and no feature. A model of growth explains
   * the row's deviation from its baseline. {@link MeanTrees} count by their share.
   *
   * @param baselineUnits baseline of the row; a model of units ignores it
   */
  public double baseValue(double baselineUnits) {
    return mean
        + (1 - meanShare) * target.offset(baselineUnits)
        + meanShare * Math.log1p(baselineUnits);
  }

  /**
   * Returns each feature's contribution to the prediction of a row, log(1 + units), in the order of
   * the features. The contributions and the row's {@link #baseValue} add up to the raw prediction,
   * or to its mean with the sum of the {@link MeanTrees}, weighted by their share.
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
