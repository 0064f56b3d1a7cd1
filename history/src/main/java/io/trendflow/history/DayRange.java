package io.trendflow.history;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The days from the first to the last one, both included, counted from 1970-01-01. */
public record DayRange(int first, int last) implements Serializable {

  /** Whether one of the days lies from {@code from} to {@code to}. */
  boolean overlap(int from, int to) {
    return first <= to && last >= from;
  }

  /**
   * The days between what is covered where there are more of them than a cadence.
   *
   * @param covered in the order of their first days
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
