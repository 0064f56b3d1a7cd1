package io.trendflow.training;

import io.trendflow.model.MeanTrees;
import io.trendflow.model.Tree;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Result of a learner.
 *
 * @param baseValue constant that is added to the sum of the trees
 * @param mean trees of the mean; null if the learner has none
 */
record FittedEnsemble(double baseValue, List<Tree> trees, @Nullable MeanTrees mean)
    implements Serializable {
  FittedEnsemble(double baseValue, List<Tree> trees) {
    this(baseValue, trees, null);
  }

  /** Returns this ensemble with trees of the mean. */
  FittedEnsemble withMean(MeanTrees trees) {
    return new FittedEnsemble(baseValue, this.trees, trees);
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
