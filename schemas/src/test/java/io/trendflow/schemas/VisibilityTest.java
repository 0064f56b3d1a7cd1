package io.trendflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.schemas.Visibility.IngestRow;
import io.trendflow.schemas.Visibility.MonitorRow;
import io.trendflow.schemas.Visibility.RunRow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VisibilityTest {
  @Test
  void withoutCommitRowsNothingIsVisible() {
    assertThat(Visibility.ingests(List.of())).isEmpty();
    assertThat(Visibility.runs(List.of())).isEmpty();
  }

  @Test
  void inAChainOfReplacementsOnlyTheLastIngestIsVisible() {
    List<IngestRow> rows =
        List.of(
            new IngestRow("c", List.of("b")),
            new IngestRow("b", List.of("a", "gone")),
            new IngestRow("a", List.of()),
            new IngestRow("beside", List.of()));
    assertThat(Visibility.ingests(rows)).containsExactly("beside", "c");
    assertThat(Visibility.superseded(rows)).containsExactly("a", "b", "gone");
  }

  @Test
  void aRetractionHidesItsRunAndNoOther() {
    List<RunRow> rows =
        List.of(
            new RunRow("r2", false, false),
            new RunRow("r1", false, false),
            new RunRow("r1", true, false),
            new RunRow("late", false, true));
    assertThat(Visibility.runs(rows)).containsExactly("r2");
    assertThat(Visibility.retracted(rows)).containsExactly("r1");
  }

  @Test
  void theOutcomesOfARunAreThoseOfTheLatestMonitoringThatHasThem() {
    LocalDate day = LocalDate.parse("2026-06-01");
    Instant noon = Instant.parse("2026-06-02T12:00:00Z");
    List<MonitorRow> rows =
        List.of(
            new MonitorRow("again", day, noon.plusSeconds(1), List.of("r1")),
            new MonitorRow("first", day, noon, List.of("r1", "r2")),
            new MonitorRow("late", day.minusDays(1), noon.plusSeconds(9), List.of("r1", "r2")));
    assertThat(Visibility.outcomes(rows))
        .containsExactly(Map.entry("r1", "again"), Map.entry("r2", "first"));
  }

  @ParameterizedTest
  @EnumSource(CommitView.class)
  void aViewIsOfItsCommitTableAndIsDescribed(CommitView view) {
    assertThat(view.table().committedBy()).isEmpty();
    assertThat(view.sql("a.b")).contains("from a.b").doesNotContain("$");
    assertThat(view.description()).matches("[A-Z].*\\.");
  }
}
