package io.trendflow.history;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Range of days from the first to the last, both included, counted from 1970-01-01. */
public record DayRange(int first, int last) implements Serializable {

  /**
   * Returns whether the range shares a day with the days {@code from} to {@code to}, both included.
   */
  boolean overlap(int from, int to) {
    return first <= to && last >= from;
  }

  /**
   * Returns the holes between the covered ranges that are longer than the cadence.
   *
   * @param covered ranges sorted by their first days
   * @param cadence days without a row that are still allowed
   */
  public static List<DayRange> holes(List<DayRange> covered, int cadence) {
    List<DayRange> holes = new ArrayList<>();
    int last = covered.isEmpty() ? 0 : covered.get(0).last();
    for (DayRange days : covered) {
      if (days.first() - last - 1 > cadence) {
        holes.add(new DayRange(last + 1, days.first() - 1));
      }
      last = Math.max(last, days.last());
    }
    return holes;
  }
}
