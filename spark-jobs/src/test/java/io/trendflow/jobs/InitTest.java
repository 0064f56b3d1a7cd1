package io.trendflow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Follows a new user: init, check, ingest, and replay after a mistake. */
@ExtendWith(SharedSpark.class)
class InitTest {
  private static final String HEADER = "order,sku,day,qty,price\n";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path raw;
  private Path store;
  private Path config;
  private double limit = 0.01;

  @BeforeEach
  void folders(@TempDir Path folder) throws IOException {
    raw = folder.resolve("raw");
    store = folder.resolve("store");
    config = folder.resolve("shop.yaml");
    Files.createDirectories(raw.resolve("orders"));
    write("orders/2024-01.csv", HEADER + "1,A1,2024-01-01,2,1.5\n2,B1,2024-01-02,1,2\n");
    write("orders/2024-02.csv", HEADER + "3,A1,2024-02-01,1,1.5\n");
    write("notes.xlsx", "PK\3\4");
  }

  @Test
  void initThenCheckThenIngest(SparkSession spark) {
    assertThat(init()).as(errors()).isEqualTo(JobLauncher.DONE);
    assertThat(answer())
        .contains("orders/*.csv (2 files) is source orders: sales, product_id = sku");
    assertThat(check()).as(errors()).isEqualTo(JobLauncher.DONE);
    assertThat(answer())
        .contains(
            "orders/2024-01.csv (source orders, csv): 2 read = 2 accepted + 0 excluded + 0 rejected;"
                + " 2024-01-01 to 2024-01-02\n",
            "notes.xlsx: not read, because no source's files pattern matches it.\n",
            "An ingest would succeed: 3 records read, 3 accepted, 0 excluded, 0 rejected.\n");
    assertThat(store).doesNotExist();
    Ingest.Result result = Ingest.run(context(spark), false);
    assertThat(result.accepted()).isEqualTo(3);
  }

  @Test
  void aShortHistoryEndsWithARunByTheBaseline(SparkSession spark) throws IOException {
    Files.writeString(config, yaml("qty"));
    JobConfig loaded = JobConfig.load(config, Map.of(), List.of("score.allow_stale=true"));
    Pipeline.Result run =
        Pipeline.run(
            JobContext.open(spark, loaded, new JobProgress("test", print(out)), Clock.systemUTC()),
            false);
    assertThat(run.train().modelId()).isEmpty();
    assertThat(run.score().modelId()).isNull();
    assertThat(run.score().scoredRows()).isEqualTo(2);
    assertThat(answer())
        .contains(
            "No model was fitted: only 0 examples have a label known",
            "No product is expected to sell more than its baseline, so this list ranks nothing");
  }

  @Test
  void initNeverOverwrites() {
    assertThat(init()).isEqualTo(JobLauncher.DONE);
    assertThat(init()).isEqualTo(JobLauncher.FAILED);
    assertThat(errors()).contains("already exists and is not overwritten");
  }

  @Test
  void initNeedsToKnowTheFolder() {
    assertThat(new JobLauncher(Map.of(), print(out), print(err)).run(new Init(), "--out", "x.yaml"))
        .isEqualTo(JobLauncher.USAGE);
    assertThat(errors()).contains("--raw=<folder>");
  }

  @Test
  void checkShowsTheFirstRecordOfEveryReasonAndWhatToDo() throws IOException {
    write("orders/2024-02.csv", HEADER + "3,A1,2024-02-01,x,1.5\n4,A1,2024-02-01,y,1.5\n");
    Files.writeString(config, yaml("qty"));
    assertThat(check()).isEqualTo(JobLauncher.FAILED);
    assertThat(answer())
        .contains(
            "  rejected as bad_number: 2, first record 1: units (column qty) is `x`",
            "    Give the column its `decimal`",
            "source orders: 50.00 % of 4 records rejected; the maximum (max_rejected) is 1.00 %",
            "An ingest would fail: source orders: 2 of 4 records are rejected");
  }

  @Test
  void checkSuggestsTheColumnThatWasMeant() throws IOException {
    Files.writeString(config, yaml("quantty"));
    assertThat(check()).isEqualTo(JobLauncher.FAILED);
    assertThat(answer())
        .contains(
            "orders/2024-01.csv (source orders, csv): rejected.",
            "  units: column quantty is missing: did you mean qty?",
            "An ingest would fail: it would reject 2 of the files.");
  }

  @Test
  void checkCountsRepeatedKeysAsAnIngestDoes() throws IOException {
    write("products.csv", "id,name\nA1,Pen\nA1,Pencil\nB1,Ink\n");
    Files.writeString(
        config,
        yaml("qty")
            .replace(
                "catalog:",
                "  products:\n    kind: catalog\n    files: products.csv\n"
                    + "    columns: {product_id: id, name: name}\n    max_rejected: 0.5\ncatalog:"));
    assertThat(check()).as(errors()).isEqualTo(JobLauncher.DONE);
    assertThat(answer()).contains("rejected as duplicate_key: 1, first record 2");
  }

  @Test
  void replayReadsRejectedRecordsAgain(SparkSession spark) throws IOException {
    write("orders/2024-02.csv", HEADER + "3,A1,2024-02-01,\"1,5\",1.5\n4,A1,2024-02-01,z,1.5\n");
    limit = 0.9;
    Files.writeString(config, yaml("qty"));
    Ingest.Result first = Ingest.run(context(spark), false);
    assertThat(first.rejected()).isEqualTo(2);
    Replay.Result same = Replay.run(context(spark), null, false);
    assertThat(same.ingestId()).isNull();
    assertThat(answer()).contains("nothing to replay: the configuration has not changed since ");

    Files.writeString(config, yaml("{column: qty, decimal: \",\"}"));
    Replay.Result fixed = Replay.run(context(spark), first.ingestId(), false);
    assertThat(fixed.replaced()).containsExactly(first.ingestId());
    assertThat(fixed.resolved()).isEqualTo(1);
    assertThat(fixed.stillRejected()).containsExactly(Map.entry("bad_number", 1L));
    assertThat(fixed.accepted()).isEqualTo(1);
    assertThat(context(spark).store().batches(Table.INGESTS))
        .containsExactly(String.valueOf(fixed.ingestId()));
    assertThat(Replay.run(context(spark), null, false).ingestId()).isNull();
  }

  @Test
  void replayOfCleanIngestsHasNothingToDo(SparkSession spark) throws IOException {
    Files.writeString(config, yaml("qty"));
    Ingest.Result first = Ingest.run(context(spark), false);
    assertThat(Replay.run(context(spark), null, false).replaced()).isEmpty();
    assertThat(answer()).contains("nothing to replay: no ingest has rejected records.");
    assertThatThrownBy(() -> Replay.run(context(spark), "0123", false))
        .hasMessage(
            "\"0123\" is not an ingest: the visible ingests are [" + first.ingestId() + "].");
  }

  private String yaml(String units) {
    return """
        raw: {path: '%s'}
        store: {path: '%s'}
        markets:
          all: {currency: EUR}
        sources:
          orders:
            kind: sales
            files: "orders/*.csv"
            columns: {product_id: sku, date: day, units: %s, unit_price: price, order_id: order}
            max_rejected: %s
        catalog: {infer_from_sales: true}
        """
        .formatted(raw, store, units, limit);
  }

  private int init() {
    return new JobLauncher(Map.of(), print(out), print(err))
        .run(
            new Init(),
            "--raw",
            raw.toString(),
            "--out",
            config.toString(),
            "--store",
            store.toString());
  }

  private int check() {
    return new JobLauncher(Map.of(), print(out), print(err))
        .run(new CheckCommand(), "--config", config.toString());
  }

  private JobContext context(SparkSession spark) {
    JobConfig loaded = JobConfig.load(config, Map.of(), List.of());
    return JobContext.open(spark, loaded, new JobProgress("test", print(out)), Clock.systemUTC());
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(raw.resolve(file), text);
  }

  private String answer() {
    return out.toString(UTF_8);
  }

  private String errors() {
    return err.toString(UTF_8);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }
}
