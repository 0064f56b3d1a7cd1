package io.trendflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.schemas.Visibility.IngestRow;
import io.trendflow.schemas.Visibility.RunRow;
import java.util.List;
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

  @ParameterizedTest
  @EnumSource(CommitView.class)
  void aViewIsOfItsCommitTableAndIsDescribed(CommitView view) {
    assertThat(view.table().committedBy()).isEmpty();
    assertThat(view.sql("a.b")).contains("from a.b").doesNotContain("$");
    assertThat(view.description()).matches("[A-Z].*\\.");
  }
}
