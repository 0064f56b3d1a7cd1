package io.trendflow.training;

import io.trendflow.model.PredictionResidual;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.Tree;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Ensemble of trees that predict a target.
 *
 * @param baseValue constant that is added to the sum of the trees
 */
record FittedEnsemble(double baseValue, List<Tree> trees) implements Serializable {

  /**
   * Returns the predicted units of an example beside its units.
   *
   * @param target target of the trees
   * @param encoded encoded features
   */
  PredictionResidual residual(
      PredictionTarget target,
      String lifecycle,
      double[] encoded,
      double units,
      double baselineUnits) {
    double raw = Tree.sum(baseValue, trees, encoded) + target.offset(baselineUnits);
    return new PredictionResidual(lifecycle, raw, units);
  }

  /**
   * Returns the mean of ensembles of equal numbers of trees: the sum of all their trees, each
   * divided by the number of ensembles, round by round.
   */
  static FittedEnsemble meanOf(List<FittedEnsemble> ensembles) {
    double share = 1.0 / ensembles.size();
    List<Tree> trees = new ArrayList<>();
    for (int round = 0; round < ensembles.get(0).trees().size(); round++) {
      for (FittedEnsemble ensemble : ensembles) {
        trees.add(ensemble.trees().get(round).times(share));
      }
    }
    double base = ensembles.stream().mapToDouble(FittedEnsemble::baseValue).sum() * share;
    return new FittedEnsemble(base, List.copyOf(trees));
  }
}
