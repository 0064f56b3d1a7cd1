package io.trendflow.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingCutoffsTest {
  @ParameterizedTest
  @CsvSource({
    "2024-04-27, 28, 1, 2024-03-30, 2024-03-30",
    "2024-04-27, 28, 2, 2024-03-23, 2024-03-30",
    "2024-03-07, 7,  2, 2024-02-22, 2024-02-29", // the leap day
    "2023-03-07, 7,  2, 2023-02-21, 2023-02-28",
    "2024-01-14, 14, 53, 2023-01-01, 2023-12-31"
  })
  void theFirstAndTheLastAreCountedBackFromTheOrigin(
      LocalDate origin, int horizonDays, int count, LocalDate first, LocalDate last) {
    List<LocalDate> cutoffs = TrainingCutoffs.of(origin, horizonDays, count, 1);
    assertThat(cutoffs).hasSize(count).startsWith(first).endsWith(last);
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "28, 52", "366, 520"})
  void cutoffsAreAWeekApartAndTheLatestLabelEndsOnTheOrigin(int horizonDays, int count) {
    LocalDate origin = LocalDate.parse("2024-06-30");
    List<LocalDate> cutoffs = TrainingCutoffs.of(origin, horizonDays, count, 1);
    assertThat(cutoffs.get(count - 1).plusDays(horizonDays)).isEqualTo(origin);
    assertThat(IntStream.range(1, count))
        .allMatch(i -> ChronoUnit.DAYS.between(cutoffs.get(i - 1), cutoffs.get(i)) == 7);
  }

  @Test
  void cutoffsFartherApartAreTheLatestTwoAndEveryThirdBeforeIt() {
    LocalDate origin = LocalDate.parse("2024-06-30");
    List<LocalDate> weekly = TrainingCutoffs.of(origin, 28, 8, 1);
    assertThat(TrainingCutoffs.of(origin, 28, 8, 3))
        .containsExactly(weekly.get(1), weekly.get(4), weekly.get(6), weekly.get(7));
    assertThat(TrainingCutoffs.of(origin, 28, 7, 3)).hasSize(4).contains(weekly.get(1));
    assertThat(TrainingCutoffs.of(origin, 28, 1, 3)).containsExactly(weekly.get(7));
  }

  @Test
  void moreCutoffsReachFurtherBackAndKeepTheOthers() {
    LocalDate origin = LocalDate.parse("2024-06-30");
    assertThat(TrainingCutoffs.of(origin, 28, 20, 1).subList(10, 20))
        .isEqualTo(TrainingCutoffs.of(origin, 28, 10, 1));
  }
}
