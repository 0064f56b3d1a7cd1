package io.trendflow.training.measure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is judged: the model, or something one would do without it. */
public enum PredictionMethod {
  MODEL(null),
  /** Units of as many days before the cutoff. */
  LAST_HORIZON("last_horizon_units"),
  /** Mean of the last 84 days. */
  MEAN_84("mean_84_units"),
  /** The same window a year earlier. */
  LAST_YEAR("last_year_units"),
  /** Mean of comparable launches. */
  CATEGORY_LAUNCH("category_launch_units");

  private final @Nullable String column;

  PredictionMethod(@Nullable String column) {
    this.column = column;
  }

  /** Name in {@code prediction.models}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The column of a baseline's prediction; null for the model. */
  @Nullable String column() {
    return column;
  }
}
