package io.trendflow.training;

import io.trendflow.model.MeanTrees;
import io.trendflow.model.PredictionTarget;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Result of a learner, by part.
 *
 * @param target target that was fitted
 * @param ensembles an ensemble for each of the target's parts, in their order
 * @param mean trees of the mean; null if the learner or the recipe has none
 */
record FittedParts(
    PredictionTarget target, List<FittedEnsemble> ensembles, @Nullable MeanTrees mean)
    implements Serializable {

  /** Returns the ensemble of a target: the fitted one or one of its parts. */
  FittedEnsemble of(PredictionTarget wanted) {
    return FittedEnsemble.meanOf(
        wanted.parts().stream().map(part -> ensembles.get(target.parts().indexOf(part))).toList());
  }
}
