package io.trendflow.features;

import java.time.LocalDate;
import java.util.concurrent.TimeUnit;

/** Conversions to Spark's units: days since 1970-01-01 and microseconds since then. */
final class EpochTimes {
  private EpochTimes() {}

  static int day(LocalDate date) {
    return Math.toIntExact(date.toEpochDay());
  }

  /** Returns the last instant at which a row that becomes known is still visible at the cutoff. */
  static long endOf(int day) {
    return TimeUnit.DAYS.toMicros(day + 1L);
  }
}
