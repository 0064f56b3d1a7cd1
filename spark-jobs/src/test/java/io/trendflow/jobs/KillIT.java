package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.trendflow.examples.RetailSettings;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import io.trendflow.testing.SharedSpark;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that dies leaves what was visible before, and the next run succeeds.
 *
 * <p>In the test's JVM, each change that a job makes to the store is watched, and the job dies
 * before a sample of them: before a file is whole, before rows, a model or a report are put in
 * their place, and before each kind of commit. One job is a process that SIGKILL ends. With {@code
 * TRENDFLOW_KILL_AT_EVERY_STAGE=true}, which takes minutes, jobs die at every change and SIGKILL
 * ends every job in each of its stages.
 */
class KillIT {
  private static final boolean EVERY_STAGE =
      Boolean.parseBoolean(System.getenv("TRENDFLOW_KILL_AT_EVERY_STAGE"));
  private static final Path LAUNCHER = Path.of("../bin/trendflow").toAbsolutePath().normalize();
  private static final LocalDate END = LocalDate.parse("2026-06-30");
  private static final List<Table> COMMITS = List.of(Table.INGESTS, Table.RUNS, Table.MONITORS);
  private static final String ANY_FILE = "close any file";

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static SampleShop shop;

  /**
   * A job, which fails unless it has something to do.
   *
   * @param deaths patterns of the places to die at, each of which the job reaches
   */
  private record Job(String name, Consumer<JobContext> run, List<String> deaths) {}

  private static final List<Job> JOBS =
      List.of(
          new Job(
              "ingest",
              c -> assertThat(Ingest.run(c, false).alreadyDone()).isFalse(),
              List.of(ANY_FILE, "rename /quality/rejects/\\w+", "rename /quality/ingests/\\w+")),
          new Job(
              "train",
              c -> assertThat(Train.run(c, Optional.empty(), false).alreadyDone()).isFalse(),
              List.of(
                  "rename /prediction/backtest/\\w+",
                  "rename /models/\\w+/model.json",
                  "rename /prediction/models/\\w+-rejected-.*")),
          new Job(
              "score",
              c -> assertThat(Score.run(c, Optional.empty(), false, false).alreadyDone()).isFalse(),
              List.of("rename /prediction/scores/\\w+", "rename /prediction/runs/\\w+")),
          new Job(
              "monitor",
              c -> assertThat(Monitor.run(c, Optional.empty(), false).outcomes()).isPositive(),
              List.of(
                  "rename /prediction/outcomes/\\w+",
                  "rename /quality/findings/\\w+",
                  "rename /quality/monitors/\\w+")));

  @BeforeAll
  static void publishARun(@TempDir Path folder) throws IOException {
    MortalFiles.mountIn(SharedSpark.session().sparkContext().hadoopConfiguration());
    shop = SampleShop.generate(folder, new RetailSettings(5, 100, 365, END));
    shop.keepMonths(6);
    JobContext context = shop.context(quick());
    Ingest.run(context, false);
    // Its horizon is over, so that monitoring has something to judge.
    Score.run(context, Optional.of(END.minusDays(28)), false, false);
    // One more file of orders is new work for the jobs.
    Path orders = folder.resolve("raw/orders");
    Files.copy(orders.resolve("2026-06.csv.gz"), orders.resolve("again.csv.gz"));
  }

  private static String[] quick(String... more) {
    List<String> sets =
        new ArrayList<>(
            List.of(
                "train.cutoffs=3", "train.origins=[2026-05-03]", "train.trees=2", "train.depth=2"));
    sets.addAll(List.of(more));
    return sets.toArray(String[]::new);
  }

  @Test
  void atEveryChangeOfAJobTheOldRunIsVisibleAndTheNextRunSucceeds(@TempDir Path temp)
      throws Exception {
    Path store = FolderCopy.make(shop.store(), temp.resolve("store"));
    for (Job job : JOBS) {
      Path watched = FolderCopy.make(store, temp.resolve("watched-" + job.name()));
      Set<String> places = watch(job, watched);
      List<String> visible = visible(store);
      Set<String> published = published(store);
      Set<String> deaths = new TreeSet<>();
      boolean alive = false;
      while (!alive) {
        MortalFiles.begin(change -> place(job, store, change).filter(deaths::add).isPresent());
        Throwable thrown = catchThrowable(() -> job.run().accept(on("mortal:", store)));
        SharedSpark.clearCache();
        alive = !MortalFiles.died();
        if (!alive) {
          assertThat(thrown).as("%s died: %s", job.name(), deaths).isNotNull();
          assertThat(published(store)).as("%s died: %s", job.name(), deaths).isEqualTo(published);
          assertThat(visible(store)).as("%s died: %s", job.name(), deaths).isEqualTo(visible);
        } else if (thrown != null) {
          throw new AssertionError(job.name() + " did not succeed after " + deaths, thrown);
        }
      }
      assertThat(deaths).containsAll(places);
      for (String expected : EVERY_STAGE ? List.<String>of() : job.deaths()) {
        assertThat(deaths)
            .as("%s dies at %s", job.name(), expected)
            .anyMatch(p -> p.matches(expected));
      }
      assertThat(visible(store))
          .as("after %s lived, as where nothing had died", job.name())
          .isEqualTo(visible(watched));
    }
  }

  /**
   * Runs a job to its end and sees before each change that the old files are the visible ones: the
   * last change publishes.
   *
   * @return the places to die at
   */
  private static Set<String> watch(Job job, Path store) throws IOException {
    Set<String> before = published(store);
    Set<String> places = new TreeSet<>();
    List<String> early = new ArrayList<>();
    MortalFiles.begin(
        change -> {
          place(job, store, change).ifPresent(places::add);
          if (!published(store).equals(before)) {
            early.add(change);
          }
          return false;
        });
    job.run().accept(on("mortal:", store));
    SharedSpark.clearCache();
    assertThat(early).as("changes that %s makes when others see some", job.name()).isEmpty();
    return places;
  }

  /**
   * Returns a change to die at without the parts that differ from run to run: any, or one of the
   * job's sample.
   */
  private static Optional<String> place(Job job, Path store, String change) {
    String place =
        change
            .replace(store.toString(), "")
            .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "*")
            .replaceAll("[0-9]{8}T[0-9]{6}\\.[0-9]{6}Z", "*")
            .replaceAll("(attempt|task)_[0-9_m]+", "$1");
    if (EVERY_STAGE) {
      return Optional.of(place);
    }
    String kind = place.startsWith("close ") ? ANY_FILE : place;
    return Optional.of(kind).filter(any -> job.deaths().stream().anyMatch(any::matches));
  }

  /** Lists the files of all committed batches with their sizes. */
  private static Set<String> published(Path store) {
    Set<String> files = new TreeSet<>();
    for (Table commits : COMMITS) {
      for (Path batch : list(store.resolve(TableLayout.folder(commits)))) {
        for (Table table : Table.values()) {
          if (table.committedBy().orElse(table) == commits) {
            String id = batch.getFileName().toString();
            for (Path file : list(store.resolve(TableLayout.folder(table, id)))) {
              files.add(store.relativize(file) + " " + file.toFile().length());
            }
          }
        }
      }
    }
    return files;
  }

  /** Lists what readers look at in a folder, which may be missing. */
  private static List<Path> list(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> !path.getFileName().toString().matches("[_.].*")).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JobContext on(String scheme, Path store) {
    return shop.context(quick("store.path=" + scheme + store));
  }

  @Test
  void aProcessThatIsKilledLeavesTheOldRunAndTheNextOneSucceeds(@TempDir Path temp)
      throws Exception {
    Path store = FolderCopy.make(shop.store(), temp.resolve("store"));
    List<String> visible = visible(store);
    for (int stage : EVERY_STAGE ? new int[] {1, 2, 3, 4, 5, 6} : new int[] {3}) {
      kill("ingest", stage, store);
      assertThat(visible(store))
          .as("after ingest was killed in stage %d", stage + 1)
          .isEqualTo(visible);
    }
    Ingest.Result ingest = Ingest.run(on("", store), false);
    assertThat(ingest.alreadyDone()).isFalse();
    assertThat(on("", store).store().batches(Table.INGESTS)).containsExactly(ingest.ingestId());
    if (!EVERY_STAGE) {
      return;
    }

    visible = visible(store);
    for (int stage = 1; stage <= 5; stage++) {
      kill("train", stage, store);
      assertThat(visible(store))
          .as("after train was killed in stage %d", stage + 1)
          .isEqualTo(visible);
    }
    assertThat(Train.run(on("", store), Optional.empty(), false).alreadyDone()).isFalse();

    visible = visible(store);
    for (int stage = 1; stage <= 4; stage++) {
      kill("score", stage, store);
      assertThat(visible(store))
          .as("after score was killed in stage %d", stage + 1)
          .isEqualTo(visible);
    }
    Score.Result score = Score.run(on("", store), Optional.empty(), false, false);
    assertThat(score.alreadyDone()).isFalse();
    assertThat(on("", store).store().batches(Table.RUNS)).contains(score.runId());
  }

  /**
   * Counts what the next job and the service see, and lists what a monitoring found. Events of
   * models that are not promoted change neither.
   */
  private static List<String> visible(Path folder) {
    TableStore store = on("", folder).store();
    List<String> visible = new ArrayList<>();
    for (Table table : COMMITS) {
      visible.addAll(store.batches(table));
    }
    for (Table table : List.of(Table.DAILY_SALES, Table.SCORES)) {
      Row count = store.read(table).groupBy().count().first();
      visible.add(table + " " + count.getLong(0));
    }
    for (Table table : List.of(Table.OUTCOMES, Table.FINDINGS)) {
      store.read(table).collectAsList().stream().map(Row::toString).sorted().forEach(visible::add);
    }
    return visible;
  }

  // Kills the job as soon as it reports the end of a stage, and thus in the middle of the next one.
  private static void kill(String job, int stage, Path store) throws Exception {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString(), job));
    command.addAll(List.of("--config", SampleShop.CONFIG.toString()));
    shop.sets(quick("store.path=" + store)).forEach(set -> command.addAll(List.of("--set", set)));
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
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
  }
}
