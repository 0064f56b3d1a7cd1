package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.jobs.store.Sample;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import io.trendflow.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Fills a store with data of each kind that maintenance removes, and similar data that stay. */
@ExtendWith(SharedSpark.class)
class MaintenanceTest {
  private static final Instant THEN = Instant.parse("2011-09-01T12:00:00Z");

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Path filled;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private SparkSession spark;
  private Path root;
  private JobContext context;

  @BeforeAll
  static void fillAStore(@TempDir Path folder) throws IOException {
    MaintenanceTest first = new MaintenanceTest();
    first.open(SharedSpark.session(), folder);
    first.fill();
    filled = first.root;
  }

  @BeforeEach
  void copy(SparkSession spark, @TempDir Path folder) throws IOException {
    open(spark, folder);
    FolderCopy.make(filled, root);
  }

  private void open(SparkSession spark, Path folder) {
    this.spark = spark;
    root = folder.resolve("store");
    context = contextAt(THEN.plus(Duration.ofDays(40)), folder);
  }

  private void fill() throws IOException {
    ingest("i1", List.of());
    ingest("i2", List.of("i1"));
    append(Table.DAILY_SALES, "i3", Map.of("ingest_id", "i3"));
    touch(TableLayout.folder(Table.DAILY_SALES, "i3"), THEN);
    for (String model : List.of("unused", "of_a_run", "champion", "young")) {
      var unused = context.artifacts().write(model, "model.json", "12345");
    }
    event("unused", "trained", THEN);
    event("of_a_run", "trained", THEN);
    event("champion", "promoted", THEN);
    event("young", "rejected", THEN.plus(Duration.ofDays(39)));
    publish("r1", "of_a_run");
    publish("r2", "of_a_run");
    commit(
        Table.RUNS,
        TableLayout.event("r2", "retracted", THEN),
        Map.of("run_id", "r2", "retracted", true, "published_at", THEN));
  }

  @Test
  void whatNobodyNeedsIsListedAndThenRemovedOnce() throws IOException {
    List<String> before = files();
    Maintenance.Result dry = Maintenance.run(context, 30, false);
    assertThat(dry.applied()).isFalse();
    assertThat(dry.rows()).isEqualTo(2);
    assertThat(dry.leftovers()).isEqualTo(1);
    assertThat(dry.models()).isEqualTo(1);
    assertThat(files()).isEqualTo(before);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("sales_history/daily_sales/i3, ")
        .contains("sales_history.daily_sales i1, 1 rows of a superseded ingest")
        .contains("prediction.scores r2, 1 rows of a retracted run")
        .contains("model unused, 5 bytes, not promoted and used by no run");

    assertThat(Maintenance.run(context, 30, true).rows()).isEqualTo(2);
    TableStore store = context.store();
    assertThat(store.read(Table.DAILY_SALES, List.of("i1", "i2", "i3")).count()).isEqualTo(1);
    assertThat(store.read(Table.SCORES, List.of("r1", "r2")).count()).isEqualTo(1);
    assertThat(store.isCommitted(Table.INGESTS, "i1")).isTrue();
    assertThat(context.artifacts().sizes()).containsOnlyKeys("of_a_run", "champion", "young");

    assertThat(Maintenance.run(context, 30, true))
        .isEqualTo(new Maintenance.Result(true, 0, 0, 0, 0));
  }

  @Test
  void anIngestStaysSupersededWhenItsSuccessorIsReplacedToo() {
    ingest("i4", List.of("i2"));
    assertThat(Maintenance.run(context, 30, true).rows()).isEqualTo(3);
    assertThat(context.store().read(Table.DAILY_SALES, List.of("i1", "i2", "i4")).count())
        .isEqualTo(1);
  }

  @Test
  void whatIsYoungStays() {
    assertThat(Maintenance.run(context, 41, true))
        .extracting(Maintenance.Result::rows, Maintenance.Result::models)
        .containsExactly(0L, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Maintenance.run(context, 0, true))
        .withMessage("--keep-days is 0, but must be 1 or more.");
  }

  @Test
  void aBatchThatAJobIsWritingStays() throws IOException {
    touch(TableLayout.folder(Table.DAILY_SALES, "i3"), THEN.plus(Duration.ofDays(39)));
    assertThat(Maintenance.run(context, 30, true).leftovers()).isZero();
    assertThat(context.store().read(Table.DAILY_SALES, "i3").count()).isEqualTo(1);
  }

  @Test
  void whatAJobTakesUpWhileItIsRemovedStays() throws IOException {
    TableStore store = context.store();
    Instant listed = THEN.plus(Duration.ofDays(38));
    List<TableStore.Leftover> leftovers = store.leftovers(listed);
    append(Table.DAILY_SALES, "i3", Map.of("ingest_id", "i3"));
    leftovers.forEach(store::remove);
    assertThat(store.read(Table.DAILY_SALES, "i3").count()).isEqualTo(1);
    touch(TableLayout.folder(Table.DAILY_SALES, "i3"), THEN);
    leftovers = store.leftovers(listed);
    commit(Table.INGESTS, "i3", Map.of("ingest_id", "i3", "finished_at", THEN));
    leftovers.forEach(store::remove);
    assertThat(store.read(Table.DAILY_SALES, "i3").count()).isEqualTo(1);
  }

  private JobContext contextAt(Instant now, Path folder) {
    JobConfig config =
        JobConfig.load(
            SampleShop.CONFIG,
            Map.of(),
            List.of("raw.path=" + folder.resolve("raw"), "store.path=" + root));
    JobProgress progress =
        new JobProgress("test", new PrintStream(said, true, StandardCharsets.UTF_8));
    return JobContext.open(spark, config, progress, Clock.fixed(now, ZoneOffset.UTC));
  }

  private void ingest(String id, List<String> superseded) {
    append(Table.DAILY_SALES, id, Map.of("ingest_id", id));
    commit(
        Table.INGESTS, id, Map.of("ingest_id", id, "finished_at", THEN, "supersedes", superseded));
  }

  private void publish(String run, String model) {
    append(Table.SCORES, run, Map.of("run_id", run));
    commit(Table.RUNS, run, Map.of("run_id", run, "model_id", model, "published_at", THEN));
  }

  private void event(String model, String event, Instant at) {
    commit(
        Table.MODELS,
        TableLayout.event(model, event, at),
        Map.of("backtest_id", model, "model_id", model, "event", event, "changed_at", at));
  }

  private void append(Table table, String batch, Map<String, Object> row) {
    var unused = context.store().append(table, batch, Sample.of(spark, table, row));
  }

  private void commit(Table table, String batch, Map<String, Object> row) {
    context.store().commit(table, batch, Sample.of(spark, table, row));
  }

  private void touch(String folder, Instant at) throws IOException {
    try (Stream<Path> all = Files.walk(root.resolve(folder))) {
      for (Path path : all.toList()) {
        Files.setLastModifiedTime(path, FileTime.from(at));
      }
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.map(Path::toString).sorted().toList();
    }
  }
}
