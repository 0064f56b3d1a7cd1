package io.trendflow.history;

import java.time.LocalDate;
import java.util.concurrent.TimeUnit;

/** Conversions to Spark's units: days since 1970-01-01 and microseconds since then. */
public final class EpochTimes {
  private EpochTimes() {}

  public static int day(LocalDate date) {
    return Math.toIntExact(date.toEpochDay());
  }

  /** Returns the last instant at which a row that becomes known is still visible at the cutoff. */
  public static long endOf(int day) {
    return TimeUnit.DAYS.toMicros(day + 1L);
  }
}
