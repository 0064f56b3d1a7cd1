package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.examples.RetailSettings;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import io.trendflow.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A training that is killed between the events that it writes. */
@ExtendWith(SharedSpark.class)
class TrainTest {
  @Test
  void aTrainingThatWasKilledBeforeItsDecisionRepeatsNoEvent(@TempDir Path folder)
      throws IOException {
    JobContext context =
        SampleShop.generate(folder, new RetailSettings(7, 100, 365, LocalDate.parse("2026-06-30")))
            .context(
                "train.origins=[2026-05-03]", "train.cutoffs=3", "train.trees=2", "train.depth=2");
    Ingest.run(context, false);
    Train.run(context, Optional.empty(), false);
    List<Path> decisions = decisions(folder.resolve("store"));
    assertThat(decisions).hasSize(1);
    FileUtils.deleteDirectory(decisions.get(0).toFile());

    assertThat(Train.run(context, Optional.empty(), false).alreadyDone()).isFalse();
    assertThat(decisions(folder.resolve("store"))).hasSize(1);
    assertThat(context.store().read(Table.MODELS).select("event").collectAsList())
        .extracting(row -> row.getString(0))
        .hasSize(3)
        .contains("backtested", "trained");
  }

  private static List<Path> decisions(Path store) throws IOException {
    try (Stream<Path> batches = Files.list(store.resolve(TableLayout.folder(Table.MODELS)))) {
      return batches
          .filter(batch -> batch.getFileName().toString().matches(".*-(promoted|rejected)-.*"))
          .toList();
    }
  }
}
