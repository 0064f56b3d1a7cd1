package io.trendflow.serving;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a list can be sorted by, always the largest first. Each is a column of the scores. */
enum Sort {
  POTENTIAL("potential"),
  UPLIFT_UNITS("upliftUnits"),
  UPLIFT_REVENUE("upliftRevenue"),
  EXPECTED_UNITS("expectedUnits"),
  GROWTH("growth");

  static final List<String> NAMES = Arrays.stream(values()).map(Sort::label).toList();

  private final String component;

  Sort(String component) {
    this.component = component;
  }

  /** The component of {@link Score} that it goes by. */
  String component() {
    return component;
  }

  /** As a request names it: the column. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The sort of a name of {@link #NAMES}. */
  static Sort of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
