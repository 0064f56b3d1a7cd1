package io.trendflow.training.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prediction method that is judged: the model or a baseline. */
public enum PredictionMethod {
  MODEL(null),
  /** Units of the horizon's number of days before the cutoff. */
  LAST_HORIZON("last_horizon_units"),
  /** Mean daily units of the last 84 days, times the horizon. */
  MEAN_84("mean_84_units"),
  /** Units of the horizon's days a year earlier. */
  LAST_YEAR("last_year_units"),
  /** Mean units of comparable launches. */
  CATEGORY_LAUNCH("category_launch_units");

  private final @Nullable String column;

  PredictionMethod(@Nullable String column) {
    this.column = column;
  }

  /** Returns every method but the model. */
  static List<PredictionMethod> baselines() {
    return Arrays.stream(values()).filter(method -> method != MODEL).toList();
  }

  /** Returns the name in {@code prediction.models}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the column of a baseline's prediction; null for the model. */
  @Nullable String column() {
    return column;
  }
}
