package io.trendflow.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.history.EpochTimes;
import io.trendflow.history.WorkingDays;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarketHolidaysTest {
  private static final FeatureSettings SETTINGS =
      new FeatureSettings(
          28,
          Map.of("uk", List.of(), "fr", List.of(), "moon", List.of()),
          Map.of("uk", "GB", "fr", "FR", "moon", "XX"),
          List.of(),
          Map.of(),
          1,
          List.of());

  private static boolean isHoliday(String market, String date) {
    WorkingDays days =
        MarketHolidays.of(List.of(LocalDate.parse("2024-06-01")), SETTINGS)
            .getOrDefault(market, WorkingDays.WITHOUT_HOLIDAYS);
    return days.holidays().contains(EpochTimes.day(LocalDate.parse(date)));
  }

  @Test
  void eachMarketHasTheHolidaysOfItsCountry() {
    assertThat(isHoliday("fr", "2024-07-14")).isTrue();
    assertThat(isHoliday("uk", "2024-07-14")).isFalse();
    assertThat(isHoliday("uk", "2024-12-26")).isTrue();
    assertThat(isHoliday("fr", "2024-12-26")).isFalse();
    assertThat(isHoliday("fr", "2023-05-01")).isTrue();
  }

  @Test
  void aCountryWithoutACalendarIsLeftOut() {
    assertThat(MarketHolidays.of(List.of(LocalDate.parse("2024-06-01")), SETTINGS))
        .containsOnlyKeys("uk", "fr");
  }
}
