package io.trendflow.features;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import io.trendflow.history.EpochTimes;
import io.trendflow.history.WorkingDays;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Public holidays of the markets' countries, by the calendars of the library Jollyday. */
final class MarketHolidays {
  private static final int LOOK_BACK_DAYS = 400;

  private MarketHolidays() {}

  /**
   * Returns the working days of each market, with the holidays of its country from a year before
   * the first cutoff until the last horizon has ended. A market whose country is unknown or has no
   * calendar is absent.
   */
  static Map<String, WorkingDays> of(Collection<LocalDate> cutoffs, FeatureSettings settings) {
    LocalDate first = Collections.min(cutoffs).minusDays(LOOK_BACK_DAYS);
    LocalDate last = Collections.max(cutoffs).plusDays(LOOK_BACK_DAYS);
    Set<String> supported = HolidayManager.getSupportedCalendarCodes();
    Map<String, WorkingDays> days = new HashMap<>();
    settings
        .countries()
        .forEach(
            (market, country) -> {
              if (supported.contains(country)) {
                days.put(market, workingDays(country, first, last));
              }
            });
    return days;
  }

  private static WorkingDays workingDays(String country, LocalDate first, LocalDate last) {
    HolidayManager manager = HolidayManager.getInstance(ManagerParameters.create(country));
    Set<Holiday> holidays = manager.getHolidays(first, last);
    return new WorkingDays(
        holidays.stream()
            .map(holiday -> EpochTimes.day(holiday.getDate()))
            .collect(Collectors.toSet()));
  }
}
