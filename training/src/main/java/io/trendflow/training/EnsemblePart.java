package io.trendflow.training;

import java.util.Locale;

/** Part of an ensemble: trees that are fitted on their own. */
public enum EnsemblePart {
  /** Trees for log(1 + units). */
  UNITS,
  /** Trees for growth against the baseline. */
  GROWTH,
  /** Trees for the mean, which change expected units only. */
  MEAN;

  /** Returns the name in reports and progress lines: units, growth or mean. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
