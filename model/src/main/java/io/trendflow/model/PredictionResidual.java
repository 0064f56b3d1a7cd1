package io.trendflow.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What was predicted, and what happened.
 *
 * @param lifecycle lifecycle at the cutoff
 * @param rawPrediction predicted log(1 + units)
 * @param actualUnits units over the horizon
 */
public record PredictionResidual(String lifecycle, double rawPrediction, double actualUnits) {

  /** By prediction, then by what happened: always the same order of the same residuals. */
  static List<PredictionResidual> sorted(Collection<PredictionResidual> residuals) {
    return residuals.stream()
        .sorted(
            Comparator.comparingDouble(PredictionResidual::rawPrediction)
                .thenComparingDouble(PredictionResidual::actualUnits))
        .toList();
  }

  /** Actual less predicted, on the model's scale. */
  double value() {
    return Math.log1p(actualUnits) - rawPrediction;
  }
}
