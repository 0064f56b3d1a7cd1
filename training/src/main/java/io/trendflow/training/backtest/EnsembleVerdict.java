package io.trendflow.training.backtest;

import static java.util.stream.Collectors.joining;

import io.trendflow.training.measure.BacktestReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which parts the model's ensemble has, and why.
 *
 * @param outcome result of the trial
 * @param reason reason in a sentence for people
 * @param effects effect of leaving out each part; empty if there was no trial
 */
public record EnsembleVerdict(Outcome outcome, String reason, List<PartEffect> effects) {
  /** Result of a trial of the parts. */
  public enum Outcome {
    /** The ensemble has all parts. */
    KEPT,
    /** The ensemble lacks parts that make its forecasts measurably worse. */
    LEFT_OUT,
    /** The ensemble has all parts, because the backtest has too few origins for a trial. */
    UNTRIED
  }

  public EnsembleVerdict {
    effects = List.copyOf(effects);
  }

  /** Returns the verdict of a backtest with too few origins. */
  static EnsembleVerdict untried(long origins) {
    return new EnsembleVerdict(
        Outcome.UNTRIED,
        "The model has all parts of its ensemble: the backtest judges %d origins, and a trial of the parts needs at least %d."
            .formatted(origins, BacktestReport.MIN_ORIGINS),
        List.of());
  }

  /** Returns the verdict by the effect of each part. */
  static EnsembleVerdict of(List<PartEffect> effects) {
    String differences = effects.stream().map(PartEffect::reason).collect(joining("; "));
    List<PartEffect> harmful = effects.stream().filter(PartEffect::isHarmful).toList();
    return harmful.isEmpty()
        ? new EnsembleVerdict(
            Outcome.KEPT,
            "The model has all parts of its ensemble, as none makes the forecasts measurably worse. The ensemble "
                + differences
                + ".",
            effects)
        : new EnsembleVerdict(
            Outcome.LEFT_OUT,
            "The model's ensemble lacks the trees for %s, which make the forecasts measurably worse. The ensemble %s."
                .formatted(
                    harmful.stream().map(effect -> effect.part().key()).collect(joining(" and ")),
                    differences),
            effects);
  }

  /** Returns the verdict by name, as stored beside the recipe's parameters. */
  public Map<String, String> parameters() {
    return Map.of("ensemble", outcome.name().toLowerCase(Locale.ROOT), "ensemble_reason", reason);
  }
}
