package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.jobs.store.FileTableStore;
import io.trendflow.jobs.store.Sample;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import io.trendflow.testing.SharedSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Attempts at a batch, after commits, retractions and replacements. */
@ExtendWith(SharedSpark.class)
class BatchIdTest {
  private SparkSession spark;
  private TableStore store;

  @BeforeEach
  void open(SparkSession spark, @TempDir Path folder) {
    this.spark = spark;
    store = new FileTableStore(spark, folder.toString());
  }

  @Test
  void aCommittedRunIsDoneAndForceAddsAnAttempt() {
    BatchId first = run(false);
    assertThat(first.done()).isFalse();
    assertThat(run(false)).isEqualTo(first);
    publish(first.id());
    assertThat(run(false)).isEqualTo(new BatchId(first.id(), true));

    BatchId second = run(true);
    assertThat(second.done()).isFalse();
    assertThat(second.id()).isNotEqualTo(first.id());
    publish(second.id());
    assertThat(run(false)).isEqualTo(new BatchId(second.id(), true));
  }

  @Test
  void aRetractedRunIsPublishedAnewAndOthersStayDone() {
    BatchId first = run(false);
    publish(first.id());
    BatchId other = BatchId.of(store, Table.RUNS, false, "other inputs");
    publish(other.id());
    retract(first.id());

    BatchId second = run(false);
    assertThat(second.done()).isFalse();
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(BatchId.of(store, Table.RUNS, false, "other inputs"))
        .isEqualTo(new BatchId(other.id(), true));
    publish(second.id());
    assertThat(run(false)).isEqualTo(new BatchId(second.id(), true));
  }

  /** Else the run before, which was to be replaced, would count again. */
  @Test
  void theLatestAttemptDecides() {
    publish(run(false).id());
    String forced = run(true).id();
    publish(forced);
    retract(forced);
    assertThat(run(false).done()).isFalse();
  }

  @Test
  void aSupersededIngestIsNotDone() {
    BatchId first = BatchId.of(store, Table.INGESTS, false, "inputs");
    ingest(first.id(), List.of());
    assertThat(BatchId.of(store, Table.INGESTS, false, "inputs").done()).isTrue();
    ingest("later", List.of(first.id()));
    BatchId second = BatchId.of(store, Table.INGESTS, false, "inputs");
    assertThat(second.done()).isFalse();
    assertThat(second.id()).isNotEqualTo(first.id());
  }

  private BatchId run(boolean force) {
    return BatchId.of(store, Table.RUNS, force, "inputs", 1);
  }

  private void publish(String run) {
    store.commit(Table.RUNS, run, Sample.of(spark, Table.RUNS, Map.of("run_id", run)));
  }

  private void retract(String run) {
    store.commit(
        Table.RUNS,
        TableLayout.event(run, "retracted", Instant.EPOCH),
        Sample.of(spark, Table.RUNS, Map.of("run_id", run, "retracted", true)));
  }

  private void ingest(String id, List<String> superseded) {
    store.commit(
        Table.INGESTS,
        id,
        Sample.of(spark, Table.INGESTS, Map.of("ingest_id", id, "supersedes", superseded)));
  }
}
