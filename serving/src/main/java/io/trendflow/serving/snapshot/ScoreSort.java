package io.trendflow.serving.snapshot;

import io.trendflow.serving.store.NumberColumn;
import io.trendflow.serving.store.ScoreRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Sort order of a list: a column of the scores, the largest value first, but the smallest potential
 * first for {@link #LOSS}.
 */
public enum ScoreSort {
  POTENTIAL("potential"),
  UPLIFT_UNITS("upliftUnits"),
  UPLIFT_REVENUE("upliftRevenue"),
  EXPECTED_UNITS("expectedUnits"),
  GROWTH("growth"),
  LOSS("potential");

  public static final List<String> NAMES = Arrays.stream(values()).map(ScoreSort::label).toList();

  private final String component;

  ScoreSort(String component) {
    this.component = component;
  }

  /** Returns the component of {@link ScoreRecord} that the list is sorted by. */
  String component() {
    return component;
  }

  /** Returns the column's value of a row as it is sorted, the largest first; NaN for null. */
  double key(NumberColumn column, int row) {
    return this == LOSS ? -column.number(row) : column.number(row);
  }

  /** Returns the name that requests use, which is the name of the column but for {@link #LOSS}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the sort order with a name in {@link #NAMES}. */
  public static ScoreSort of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
