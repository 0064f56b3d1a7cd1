package io.trendflow.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingDaysTest {
  private static int day(String date) {
    return EpochTimes.day(LocalDate.parse(date));
  }

  /**
   * Dates of the Gregorian Easter as the church calendars list them, the earliest and latest too.
   */
  @ParameterizedTest
  @CsvSource({
    "1818-03-22",
    "1943-04-25",
    "2010-04-04",
    "2011-04-24",
    "2012-04-08",
    "2024-03-31",
    "2038-04-25"
  })
  void easterIsTheSundayOfTheChurchCalendars(LocalDate easter) {
    assertThat(WorkingDays.easter(easter.getYear())).isEqualTo(easter);
  }

  @Test
  void theNextFeastMayBeInTheNextYear() {
    assertThat(WorkingDays.daysToEaster(day("2011-04-24"))).isZero();
    assertThat(WorkingDays.daysToEaster(day("2011-04-25"))).isEqualTo(349);
    assertThat(WorkingDays.daysToChristmas(day("2011-12-25"))).isZero();
    assertThat(WorkingDays.daysToChristmas(day("2011-12-26"))).isEqualTo(365);
  }

  @Test
  void sundaysAndHolidaysAreNotWorkingDays() {
    // Friday 2011-04-29 was a public holiday in the United Kingdom.
    WorkingDays days = new WorkingDays(Set.of(day("2011-04-29")));
    assertThat(days.count(day("2011-04-25"), day("2011-05-01"))).isEqualTo(5);
    assertThat(WorkingDays.WITHOUT_HOLIDAYS.count(day("2011-04-25"), day("2011-05-01")))
        .isEqualTo(6);
  }
}
