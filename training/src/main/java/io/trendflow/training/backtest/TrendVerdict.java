package io.trendflow.training.backtest;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether the model uses the features of search and social trends, and why.
 *
 * @param outcome result of the trial
 * @param reason reason in a sentence for people
 * @param added metrics with and without the trends; null if there was no trial
 * @param overShuffled metrics with the trends and with shuffled ones; null if there was no such
 *     comparison
 */
public record TrendVerdict(
    Outcome outcome,
    String reason,
    @Nullable FeatureAblation added,
    @Nullable FeatureAblation overShuffled) {
  /** Result of a trial of the trends. */
  public enum Outcome {
    /** They improve the forecasts measurably. */
    KEPT,
    /** They do not. */
    LEFT_OUT,
    /** No product has trends. */
    ABSENT,
    /** The configuration decides. */
    CONFIGURED
  }

  /** Returns the verdict by name, as stored beside the recipe's parameters. */
  public Map<String, String> parameters() {
    return Map.of("trends", outcome.name().toLowerCase(Locale.ROOT), "trends_reason", reason);
  }
}
