package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.examples.RetailSettings;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.schemas.Table;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills jobs with SIGKILL: the data visible before must stay visible, and the next run must
 * succeed. Kills between any two writes; at every stage with {@code
 * TRENDFLOW_KILL_AT_EVERY_STAGE=true}, which takes minutes.
 */
class KillIT {
  private static final boolean EVERY_STAGE =
      Boolean.parseBoolean(System.getenv("TRENDFLOW_KILL_AT_EVERY_STAGE"));
  private static final Path LAUNCHER = Path.of("../bin/trendflow").toAbsolutePath().normalize();
  private static final LocalDate END = LocalDate.parse("2026-06-30");

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static SampleShop shop;

  @BeforeAll
  static void publishARun(@TempDir Path folder) throws IOException {
    shop = SampleShop.generate(folder, new RetailSettings(5, 100, 400, END));
    JobContext context = shop.context(quick());
    Ingest.run(context, false);
    Train.run(context, Optional.empty(), false);
    Score.run(context, Optional.empty(), false, false);
    // One more file of orders gives the next jobs new work.
    Path orders = folder.resolve("raw/orders");
    try (Stream<Path> files = Files.list(orders)) {
      Path any = files.sorted().findFirst().orElseThrow();
      Files.copy(any, orders.resolve("again.csv.gz"));
    }
  }

  private static String[] quick() {
    return new String[] {"train.cutoffs=8", "train.trees=3", "train.depth=2"};
  }

  @Test
  void whateverIsKilledWheneverTheOldRunStays() throws Exception {
    List<String> visible = visible();
    for (int stage : EVERY_STAGE ? new int[] {1, 2, 3, 4, 5, 6} : new int[] {3, 6}) {
      kill("ingest", stage);
      assertThat(visible()).as("after ingest was killed in stage %d", stage + 1).isEqualTo(visible);
    }
    Ingest.Result ingest = Ingest.run(shop.context(quick()), false);
    assertThat(ingest.alreadyDone()).isFalse();
    assertThat(shop.context().store().batches(Table.INGESTS)).containsExactly(ingest.ingestId());

    visible = visible();
    for (int stage : EVERY_STAGE ? new int[] {1, 2, 3, 4, 5} : new int[] {3}) {
      kill("train", stage);
      assertThat(visible()).as("after train was killed in stage %d", stage + 1).isEqualTo(visible);
    }
    assertThat(Train.run(shop.context(quick()), Optional.empty(), false).alreadyDone()).isFalse();

    visible = visible();
    for (int stage : EVERY_STAGE ? new int[] {1, 2, 3, 4} : new int[] {4}) {
      kill("score", stage);
      assertThat(visible()).as("after score was killed in stage %d", stage + 1).isEqualTo(visible);
    }
    Score.Result score = Score.run(shop.context(quick()), Optional.empty(), false, false);
    assertThat(score.alreadyDone()).isFalse();
    assertThat(shop.context().store().batches(Table.RUNS)).contains(score.runId());
  }

  // Everything that the next job and the service see. Events of models that are not promoted affect
  // neither.
  private static List<String> visible() {
    TableStore store = shop.context(quick()).store();
    List<String> visible = new ArrayList<>();
    for (Table table : List.of(Table.INGESTS, Table.RUNS)) {
      visible.addAll(store.batches(table));
    }
    for (Table table : List.of(Table.DAILY_SALES, Table.SCORES)) {
      Row count = store.read(table).groupBy().count().first();
      visible.add(table + " " + count.getLong(0));
    }
    return visible;
  }

  // Kills the job as soon as it reports the end of a stage, and thus in the middle of the next one.
  private static void kill(String job, int stage) throws Exception {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString(), job));
    command.addAll(List.of("--config", SampleShop.CONFIG.toString()));
    shop.sets(quick()).forEach(set -> command.addAll(List.of("--set", set)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TRENDFLOW_HEAP", "1g");
    builder.environment().put("JDK_JAVA_OPTIONS", SparkSubmit.QUICK);
    Process process = builder.start();
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null && !line.matches("\\[" + job + " " + stage + "/\\d\\] .*; next: .*")) {
        said.append(line).append('\n');
        line = lines.readLine();
      }
      assertThat(line).as("%s did not reach stage %d: %s", job, stage, said).isNotNull();
      process.destroyForcibly();
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }
}
