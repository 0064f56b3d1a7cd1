package io.trendflow.history;

import java.time.LocalDate;
import java.util.concurrent.TimeUnit;

/** Days as days since 1970-01-01 and instants as microseconds since then, as Spark keeps them. */
public final class EpochTimes {
  private EpochTimes() {}

  public static int day(LocalDate date) {
    return Math.toIntExact(date.toEpochDay());
  }

  /** The last instant at which a row becomes known and still is visible at the cutoff. */
  public static long endOf(int day) {
    return TimeUnit.DAYS.toMicros(day + 1L);
  }
}
