package io.trendflow.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.trendflow.jobs.Emulators;
import io.trendflow.jobs.config.StoreConfig;
import io.trendflow.schemas.CommitView;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.Visibility;
import io.trendflow.testing.SharedSpark;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the store against the emulators, also with failing connections, commits and responses. */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BigQueryTableStoreIT implements TableStoreContract {
  private static final String PREFIX = "store_";
  private static final StoreConfig CONFIG =
      new StoreConfig(null, Emulators.PROJECT, PREFIX, "US", "gs://trendflow/artifacts");

  private final Emulators emulators = Emulators.start();
  private final SparkSession spark = emulators.told(SharedSpark.session());
  private final BigQueryTables tables =
      BigQueryTables.open(CONFIG, BigQueryTableStore.settings(spark));
  private BigQueryTableStore store = BigQueryTableStore.open(spark, CONFIG);

  /** Makes few: each one slows the emulator's later calls, its drops above all. */
  @BeforeEach
  void makeTables(TestInfo test) {
    for (Table table : needed(test)) {
      assertThat(tables.create(table)).isTrue();
      assertThat(tables.create(table)).isFalse();
    }
  }

  private static List<Table> needed(TestInfo test) {
    Tables declared = test.getTestMethod().orElseThrow().getAnnotation(Tables.class);
    if (declared == null) {
      return List.of(Table.INGESTS, Table.DAILY_SALES);
    }
    return List.of(declared.value().length == 0 ? Table.values() : declared.value());
  }

  @AfterEach
  void stopEmulators() {
    emulators.close();
  }

  @Override
  public SparkSession spark() {
    return spark;
  }

  @Override
  public TableStore store() {
    return store;
  }

  @Override
  public TableStore opened() {
    return BigQueryTableStore.open(spark, CONFIG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Rows: an expired token, and a connection that breaks after the rows have arrived.
        "{'on': 'CreateWriteStream', 'do': 'refuse', 'status': 401, 'times': 1},"
            + "{'on': 'AppendRows', 'do': 'reset', 'times': 1}",
        // The rows' commit: rejected, then performed without a response.
        "{'on': 'BatchCommitWriteStreams', 'do': 'refuse', 'status': 503, 'times': 2},"
            + "{'on': 'BatchCommitWriteStreams', 'do': 'lose', 'times': 1}",
        // The batch's commit: an expired token, rejected, then performed without a response.
        "{'on': 'GET /bigquery', 'do': 'refuse', 'status': 401, 'times': 1},"
            + "{'on': 'POST /bigquery/v2/projects/trendflow/jobs', 'do': 'refuse', 'status': 503, 'times': 2},"
            + "{'on': 'POST /bigquery/v2/projects/trendflow/jobs', 'do': 'lose', 'times': 1}",
      })
  void afterAFaultEveryRowIsThereOnce(String fault) throws Exception {
    emulators.inject("[" + fault.replace('\'', '"') + "]");
    append("i1", "a", "b");
    commit("i1");
    assertThat(products()).containsExactly("a", "b");
    assertThat(store.batches(Table.INGESTS)).containsExactly("i1");
    assertThat(emulators.faults()).doesNotContain("\"Times\":1", "\"Times\":2");
  }

  @Test
  void aRunThatStartsAgainAfterADeadOneDoublesNothing() {
    append("i1", "a", "b");
    store = BigQueryTableStore.open(spark, CONFIG);
    assertThat(products()).isEmpty();
    append("i1", "a", "b");
    commit("i1");
    assertThat(products()).containsExactly("a", "b");
  }

  @Test
  void aTableThatIsGoneOrAnotherIsNamed() {
    String name = "`trendflow.%ssales_history.daily_sales`".formatted(PREFIX);
    append("i1", "lost");
    commit("i1");
    tables.drop(List.of(tables.id(Table.DAILY_SALES), tables.id(Table.INGESTS)));
    assertThat(tables.create(Table.INGESTS)).isTrue();
    store = BigQueryTableStore.open(spark, CONFIG);
    assertThatIllegalStateException()
        .isThrownBy(() -> append("i1", "a"))
        .withMessage("%s does not exist: run bin/trendflow tables create.", name);

    assertThat(tables.query("CREATE TABLE %s (ingest_id INT64, more STRING)".formatted(name)))
        .isEmpty();
    assertThatIllegalStateException()
        .isThrownBy(() -> append("i1", "a"))
        .withMessageStartingWith(name + " differs from its contract: column ingest_id is")
        .withMessageContaining(" INT64 NULLABLE instead of STRING REQUIRED; ")
        .withMessageContaining("; column more is not in the contract; ");

    tables.drop(List.of(tables.id(Table.DAILY_SALES)));
    assertThat(tables.create(Table.DAILY_SALES)).isTrue();
    // The table was recreated: the name of the job that committed the batch before is already
    // taken.
    append("i1", "a");
    commit("i1");
    assertThat(products()).containsExactly("a");
  }

  @Test
  @Tables({Table.INGESTS, Table.RUNS})
  void theViewsHaveTheVisibleBatches() {
    for (CommitView view : CommitView.values()) {
      assertThat(tables.differences(view)).containsExactly("is missing");
      assertThat(tables.create(view)).isTrue();
      assertThat(tables.create(view)).isFalse();
      assertThat(tables.differences(view)).isEmpty();
      assertThat(ids(view)).isEmpty();
    }
    commit("i1");
    commit("i2", "i1");
    commit("i3", "i2", "gone");
    commit("i4");
    assertThat(ids(CommitView.VISIBLE_INGESTS))
        .isEqualTo(store.batches(Table.INGESTS))
        .containsExactly("i3", "i4");

    run("r1", "r1", Map.of());
    run("r1-retracted", "r1", Map.of("retracted", true));
    run("r2", "r2", Map.of("hindsight", true));
    run("r3", "r3", Map.of());
    assertThat(ids(CommitView.VISIBLE_RUNS)).containsExactly("r3");
    assertThat(Visibility.runs(VisibilityRows.runs(store.read(Table.RUNS)))).containsExactly("r3");
  }

  private void run(String batchId, String runId, Map<String, Object> more) {
    Map<String, Object> row = new HashMap<>(more);
    row.put("run_id", runId);
    // The time tells the two rows of a run apart.
    row.put("published_at", Instant.EPOCH.plusSeconds(batchId.length()));
    store.commit(Table.RUNS, batchId, Sample.of(spark, Table.RUNS, row));
  }

  private List<String> ids(CommitView view) {
    String sql =
        "SELECT %1$s FROM %2$s ORDER BY %1$s"
            .formatted(view.table().batchColumn(), BigQueryTables.sql(tables.id(view)));
    return tables.query(sql).stream().map(row -> row.get(0).getStringValue()).toList();
  }

  @Test
  @Tables({Table.INGESTS, Table.RUNS})
  void aViewThatHasAnotherQueryOrIsATableIsNamed() {
    String runs = BigQueryTables.sql(tables.id(CommitView.VISIBLE_RUNS));
    String query = "SELECT * FROM " + BigQueryTables.sql(tables.id(Table.RUNS));
    assertThat(tables.query("CREATE VIEW %s AS %s".formatted(runs, query))).isEmpty();
    assertThat(tables.differences(CommitView.VISIBLE_RUNS))
        .singleElement()
        .asString()
        .startsWith("has the query \"")
        .contains("\" instead of \"-- Published scoring runs that");
    String ingests = BigQueryTables.sql(tables.id(CommitView.VISIBLE_INGESTS));
    assertThat(tables.query("CREATE TABLE %s (ingest_id STRING)".formatted(ingests))).isEmpty();
    assertThat(tables.differences(CommitView.VISIBLE_INGESTS)).containsExactly("is not a view");
  }

  @ParameterizedTest
  @CsvSource({
    "accessDenied, BigQuery denied access: grant the account the roles",
    "quotaExceeded, A BigQuery quota is exceeded"
  })
  void whatIsRefusedForGoodIsToldAtOnce(String reason, String sentence) throws Exception {
    emulators.inject(
        """
        [{"on": "POST /bigquery/v2/projects/trendflow/datasets/%sstaging/tables",
          "do": "refuse", "status": 403, "reason": "%s", "times": 2}]"""
            .formatted(PREFIX, reason));
    assertThatIllegalStateException()
        .isThrownBy(() -> append("i1", "a"))
        .withMessageStartingWith(sentence)
        .withMessageEndingWith("(injected or corrected by the front: " + reason + ").");
    assertThat(emulators.faults()).contains("\"Times\":1");
    assertThat(products()).isEmpty();
  }
}
