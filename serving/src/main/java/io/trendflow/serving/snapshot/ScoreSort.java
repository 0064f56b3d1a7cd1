package io.trendflow.serving.snapshot;

import io.trendflow.serving.store.ScoreRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a list can be sorted by, always the largest first. Each is a column of the scores. */
public enum ScoreSort {
  POTENTIAL("potential"),
  UPLIFT_UNITS("upliftUnits"),
  UPLIFT_REVENUE("upliftRevenue"),
  EXPECTED_UNITS("expectedUnits"),
  GROWTH("growth");

  public static final List<String> NAMES = Arrays.stream(values()).map(ScoreSort::label).toList();

  private final String component;

  ScoreSort(String component) {
    this.component = component;
  }

  /** The component of {@link ScoreRecord} that it goes by. */
  String component() {
    return component;
  }

  /** As a request names it: the column. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The sort of a name of {@link #NAMES}. */
  public static ScoreSort of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
