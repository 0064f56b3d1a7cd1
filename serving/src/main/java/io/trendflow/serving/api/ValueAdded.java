package io.trendflow.serving.api;

import io.trendflow.serving.decision.Decision;
import io.trendflow.serving.snapshot.OutcomeRecord;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Forecast value added: how far people's own forecasts, the model's and the usual pace were from
 * what was sold, over the decisions with a forecast of their own whose period is over.
 *
 * @param decisions number of decisions
 * @param overrideError mean of |override - actual| in units
 * @param forecastError mean of |median - actual| in units
 * @param baselineError mean of |baseline - actual| in units
 */
public record ValueAdded(
    int decisions, double overrideError, double forecastError, double baselineError) {

  static ValueAdded of(List<Decision> standing, List<OutcomeRecord> outcomes) {
    int count = 0;
    double override = 0;
    double forecast = 0;
    double baseline = 0;
    for (Decision decision : standing) {
      OutcomeRecord outcome = find(decision, outcomes);
      Double own = decision.overrideUnits();
      if (outcome != null && own != null) {
        count++;
        override += Math.abs(own - outcome.actualUnits());
        forecast += Math.abs(outcome.medianUnits() - outcome.actualUnits());
        baseline += Math.abs(outcome.baselineUnits() - outcome.actualUnits());
      }
    }
    int n = Math.max(1, count);
    return new ValueAdded(count, override / n, forecast / n, baseline / n);
  }

  private static @Nullable OutcomeRecord find(Decision decision, List<OutcomeRecord> outcomes) {
    return outcomes.stream()
        .filter(
            outcome ->
                outcome.runId().equals(decision.runId())
                    && outcome.market().equals(decision.market())
                    && Objects.equals(outcome.productId(), decision.productId()))
        .findFirst()
        .orElse(null);
  }
}
