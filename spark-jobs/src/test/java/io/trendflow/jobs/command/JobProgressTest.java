package io.trendflow.jobs.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class JobProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long now;
  private final JobProgress progress =
      new JobProgress("ingest", new PrintStream(bytes, false, UTF_8), () -> now);

  @Test
  void everyStageSaysWhatWasDoneHowLongItTookAndWhatComesNext() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.FRANCE);
    try {
      after(1.0, () -> progress.stages("read raw files", "clean records", "write the tables"));
      after(0.26, () -> progress.done("read %d files", 2));
      after(5, () -> progress.note("cleaned %,d records", 400_000));
      after(7.34, () -> progress.done("cleaned %,d records", 823_643));
      after(2, () -> progress.done("wrote 4 tables"));
    } finally {
      Locale.setDefault(before);
    }
    assertThat(bytes.toString(UTF_8).lines())
        .containsExactly(
            "[ingest] 3 stages, first: read raw files",
            "[ingest 1/3] read 2 files in 0.3 s; next: clean records",
            "[ingest 2/3] cleaned 400,000 records (5.0 s)",
            "[ingest 2/3] cleaned 823,643 records in 12.3 s; next: write the tables",
            "[ingest 3/3] wrote 4 tables in 2.0 s; all done after 15.6 s");
  }

  @Test
  void aTextFromElsewhereMayHoldAPercentSign() {
    progress.note("100 % done");
    assertThat(bytes.toString(UTF_8))
        .isEqualTo("[ingest] 100 % done (0.0 s)" + System.lineSeparator());
  }

  @Test
  void aStageMoreThanDeclaredIsAMistake() {
    progress.stages("one");
    progress.done("did one");
    assertThatIllegalStateException().isThrownBy(() -> progress.done("did two"));
  }

  private void after(double seconds, Runnable step) {
    now += (long) (seconds * 1e9);
    step.run();
  }
}
