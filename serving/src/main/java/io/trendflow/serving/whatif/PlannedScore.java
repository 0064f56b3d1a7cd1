package io.trendflow.serving.whatif;

import io.trendflow.history.HorizonPlan;
import io.trendflow.history.PlannedInput;
import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.Prediction;
import io.trendflow.model.TrendModel;
import io.trendflow.serving.store.ScoreRecord;

/**
 * Published score with its model and inputs, from which forecasts under other plans follow. Only
 * the inputs about the plan change. The uplift keeps the share that the published one kept: the
 * product's rank decides on it, and a what-if does not change the rank.
 *
 * <p>Under the published plan the forecast equals the score.
 */
final class PlannedScore {
  /** Uplift in units below which the share that was kept is unknown. */
  private static final double NO_UPLIFT = 1e-9;

  private final ScoreRecord score;
  private final TrendModel model;
  private final double[] inputs;
  private final HorizonPlan plan;
  private final double kept;

  PlannedScore(ScoreRecord score, ScoreInputRecord row, TrendModel model) {
    this.score = score;
    this.model = model;
    this.inputs = row.inputs().stream().mapToDouble(Double::doubleValue).toArray();
    this.plan = row.plan(score);
    double promised = predict(inputs).expected() - score.baselineUnits();
    this.kept =
        Math.abs(promised) < NO_UPLIFT
            ? 1
            : (score.expectedUnits() - score.baselineUnits()) / promised;
  }

  /** Returns the plan under which the score was published. */
  HorizonPlan plan() {
    return plan;
  }

  /** Returns the prediction under a plan, with its uplift shrunk. */
  Prediction under(HorizonPlan other) {
    Prediction raw = predict(with(other));
    double baseline = score.baselineUnits();
    return new Prediction(
        raw.raw(),
        raw.median(),
        Math.max(0, baseline + kept * (raw.expected() - baseline)),
        raw.quantiles(),
        raw.chance());
  }

  private Prediction predict(double[] encoded) {
    return model.predict(encoded, score.lifecycle(), score.baselineUnits());
  }

  /** Returns the inputs under a plan; an input that it leaves as it is keeps its code. */
  private double[] with(HorizonPlan other) {
    FeatureEncoder encoder = model.encoder();
    double[] encoded = inputs.clone();
    for (int i = 0; i < encoded.length; i++) {
      for (PlannedInput input : PlannedInput.values()) {
        if (model.features().get(i).name().equals(input.feature())) {
          double before = encoder.encode(i, input.of(plan));
          double after = encoder.encode(i, input.of(other));
          encoded[i] = before == after ? inputs[i] : after;
        }
      }
    }
    return encoded;
  }
}
