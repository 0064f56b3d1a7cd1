package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.examples.RetailSettings;
import io.trendflow.jobs.command.JobContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores of the baseline, before and after a run is retracted. */
class ScoreTest {
  private static final LocalDate END = LocalDate.parse("2026-06-30");

  @Test
  void aRetractionChangesItsOwnRunOnly(@TempDir Path folder) throws IOException {
    SampleShop shop = SampleShop.generate(folder, new RetailSettings(5, 100, 400, END));
    shop.keepMonths(6);
    JobContext context = shop.context();
    Ingest.run(context, false);
    String bad = score(context, END.minusDays(1)).runId();
    String good = score(context, END).runId();
    assertThat(RunsCommand.retract(context, bad).retracted()).isEqualTo(bad);

    assertThat(score(context, END))
        .extracting(Score.Result::runId, Score.Result::alreadyDone)
        .containsExactly(good, true);

    Score.Result anew = score(context, END.minusDays(1));
    assertThat(anew.alreadyDone()).isFalse();
    assertThat(anew.runId()).isNotIn(bad, good);
    assertThat(score(context, END.minusDays(1)))
        .extracting(Score.Result::runId, Score.Result::alreadyDone)
        .containsExactly(anew.runId(), true);
  }

  private static Score.Result score(JobContext context, LocalDate day) {
    return Score.run(context, Optional.of(day), false, false);
  }
}
