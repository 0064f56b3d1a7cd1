package io.trendflow.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownDaysTest {
  @ParameterizedTest
  @CsvSource({
    "1, 4, false",
    "4, 5, true",
    "8, 9, true",
    "9, 12, true",
    "10, 12, false",
    "6, 7, true"
  })
  void rangesOverlapIfTheyShareADay(int from, int to, boolean shared) {
    assertThat(new DayRange(5, 9).overlap(from, to)).isEqualTo(shared);
  }

  @Test
  void aSilenceLongerThanTheCadenceIsAHole() {
    List<DayRange> covered = List.of(new DayRange(1, 3), new DayRange(6, 6), new DayRange(10, 20));
    assertThat(DayRange.holes(covered, 2)).containsExactly(new DayRange(7, 9));
    assertThat(DayRange.holes(covered, 1)).containsExactly(new DayRange(4, 5), new DayRange(7, 9));
    assertThat(DayRange.holes(covered, 3)).isEmpty();
    assertThat(DayRange.holes(List.of(), 0)).isEmpty();
  }

  @Test
  void aLongPeriodCoversWhatShorterOnesInItLeaveOut() {
    assertThat(
            DayRange.holes(
                List.of(new DayRange(1, 30), new DayRange(2, 2), new DayRange(33, 33)), 2))
        .isEmpty();
  }

  @Test
  void theFirstDayIsThatOfTheEarliestSource() {
    KnownDays days =
        new KnownDays(
            50,
            50,
            Map.of(
                "till", new KnownDays.Source(10, List.of(new DayRange(20, 30))),
                "web", new KnownDays.Source(7, List.of())));
    assertThat(days.firstDay()).hasValue(7);
    assertThat(days.firstDay("till")).hasValue(10);
    assertThat(days.firstDay("fair")).isEmpty();
    assertThat(days.holes("till")).containsExactly(new DayRange(20, 30));
    assertThat(days.holes("fair")).isEmpty();
  }

  @Test
  void aCutoffEndsWithTheFirstInstantOfTheNextDay() {
    assertThat(EpochTimes.day(LocalDate.of(1970, 1, 11))).isEqualTo(10);
    assertThat(EpochTimes.endOf(0)).isEqualTo(86_400_000_000L);
    assertThat(new KnownDays(10, null, Map.of()).instant()).isEqualTo(EpochTimes.endOf(10));
  }

  @Test
  void theLatestCatalogueEntryKnownAtAnInstantCounts() {
    CatalogEntry early = entry(5, "early");
    CatalogEntry late = entry(9, "late");
    CatalogEntry again = entry(9, "again");
    assertThat(CatalogEntry.at(List.of(late, early), 4)).isNull();
    assertThat(CatalogEntry.at(List.of(late, early), 8)).isEqualTo(early);
    assertThat(CatalogEntry.at(List.of(early, late, again), 9)).isEqualTo(again);
  }

  private static CatalogEntry entry(long availableAt, String name) {
    return new CatalogEntry(
        availableAt, name, null, null, 1, null, null, false, null, List.of(), Map.of());
  }
}
