package io.trendflow.jobs.monitor;

import java.util.Locale;

/** Levels of findings, from good to bad. */
enum FindingLevel {
  OK,
  WARN,
  ALERT;

  /** Returns the level of a figure that is bad if it is large. */
  static FindingLevel above(double value, double warn, double alert) {
    return value >= alert ? ALERT : value >= warn ? WARN : OK;
  }

  /** Returns the level; a warning in place of an alert unless the condition holds. */
  FindingLevel alertOnlyIf(boolean condition) {
    return this == ALERT && !condition ? WARN : this;
  }

  /** Returns the worse of two levels. */
  FindingLevel or(FindingLevel other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** Returns the value of the column {@code level}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
