package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.RecordPeriod;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Guesses the period of a record from the distance between the dates of one series. */
final class PeriodGuess {
  private static final int ENOUGH = 8;

  private PeriodGuess() {}

  /**
   * Guesses the period from the dates of each series.
   *
   * @param keys key of the series of each record
   * @param dates text of the date of each record
   */
  static RecordPeriod of(List<String> keys, List<String> dates, DateGuess form) {
    Map<String, TreeSet<LocalDate>> days = new HashMap<>();
    for (int i = 0; i < dates.size(); i++) {
      String key = keys.get(i);
      form.day(dates.get(i))
          .ifPresent(day -> days.computeIfAbsent(key, k -> new TreeSet<>()).add(day));
    }
    boolean firsts =
        days.values().stream().allMatch(own -> own.stream().allMatch(d -> d.getDayOfMonth() == 1));
    List<Long> gaps = new ArrayList<>();
    days.values().forEach(own -> addGaps(own, gaps));
    if (gaps.size() < ENOUGH) {
      return RecordPeriod.DAY;
    }
    long weeks = gaps.stream().filter(gap -> gap % 7 == 0).count();
    return firsts
        ? RecordPeriod.MONTH
        : weeks >= 0.99 * gaps.size() ? RecordPeriod.WEEK : RecordPeriod.DAY;
  }

  private static void addGaps(SortedSet<LocalDate> days, List<Long> gaps) {
    LocalDate before = null;
    for (LocalDate day : days) {
      if (before != null) {
        gaps.add(ChronoUnit.DAYS.between(before, day));
      }
      before = day;
    }
  }
}
