package io.trendflow.training;

import io.trendflow.model.InputFeature;
import io.trendflow.model.InputReference;
import io.trendflow.model.MeanCurves;
import io.trendflow.model.PredictionTarget;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a fit learns from the examples of an origin.
 *
 * @param examples number of examples of each cutoff
 * @param inputs inputs of the trees
 * @param parts trees
 * @param means mean curves of each wanted target
 * @param reference distributions of the inputs; null if they are not wanted
 */
record FittedExamples(
    Map<LocalDate, Long> examples,
    List<InputFeature> inputs,
    FittedParts parts,
    Map<PredictionTarget, MeanCurves> means,
    @Nullable InputReference reference)
    implements Serializable {

  /** Returns the number of examples. */
  static long count(Map<LocalDate, Long> examples) {
    return examples.values().stream().mapToLong(Long::longValue).sum();
  }
}
