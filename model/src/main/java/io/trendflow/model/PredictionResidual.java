package io.trendflow.model;

import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Prediction and actual outcome of a row.
 *
 * @param lifecycle lifecycle at the cutoff
 * @param rawPrediction predicted log(1 + units)
 * @param actualUnits units over the horizon
 */
public record PredictionResidual(String lifecycle, double rawPrediction, double actualUnits)
    implements Serializable {

  /**
   * Returns the residuals sorted by prediction, then by outcome, which does not depend on their
   * order.
   */
  static List<PredictionResidual> sorted(Collection<PredictionResidual> residuals) {
    return residuals.stream()
        .sorted(
            Comparator.comparingDouble(PredictionResidual::rawPrediction)
                .thenComparingDouble(PredictionResidual::actualUnits))
        .toList();
  }

  /** Returns actual less predicted, on the scale log(1 + units). */
  double value() {
    return Math.log1p(actualUnits) - rawPrediction;
  }
}
