package io.trendflow.history;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Working days of a market: Monday to Saturday without its public holidays.
 *
 * @param holidays public holidays, in days since 1970-01-01
 */
public record WorkingDays(Set<Integer> holidays) implements Serializable {
  /** Working days of a market whose country is unknown: no holidays. */
  public static final WorkingDays WITHOUT_HOLIDAYS = new WorkingDays(Set.of());

  private static final int CHRISTMAS_MONTH = 12;
  private static final int CHRISTMAS_DAY = 25;

  public WorkingDays {
    holidays = Set.copyOf(holidays);
  }

  /** Returns the number of working days from one day to another, both included. */
  public int count(int from, int to) {
    return (int) IntStream.rangeClosed(from, to).filter(this::isWorkingDay).count();
  }

  private boolean isWorkingDay(int day) {
    return !holidays.contains(day) && LocalDate.ofEpochDay(day).getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  /** Returns the days from {@code day} to the next Christmas Day, 0 on the day itself. */
  public static int daysToChristmas(int day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    LocalDate christmas = LocalDate.of(date.getYear(), CHRISTMAS_MONTH, CHRISTMAS_DAY);
    return daysTo(christmas.isBefore(date) ? christmas.plusYears(1) : christmas, day);
  }

  /** Returns the days from {@code day} to the next Easter Sunday, 0 on the day itself. */
  public static int daysToEaster(int day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    LocalDate easter = easter(date.getYear());
    return daysTo(easter.isBefore(date) ? easter(date.getYear() + 1) : easter, day);
  }

  private static int daysTo(LocalDate date, int day) {
    return EpochTimes.day(date) - day;
  }

  /**
   * Returns the Gregorian Easter Sunday of a year by the anonymous algorithm that Meeus gives
   * (Astronomical Algorithms, 1991, chapter 8).
   */
  static LocalDate easter(int year) {
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int d = (8 * b + 13) / 25;
    int h = (19 * a + b - b / 4 - d + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return LocalDate.of(year, n / 31, n % 31 + 1);
  }
}
