package io.trendflow.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.trendflow.jobs.Emulators;
import io.trendflow.jobs.config.StoreConfig;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the store against the emulators, also with failing connections, commits and responses. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BigQueryTableStoreIT implements TableStoreContract {
  private static final String PREFIX = "store_";
  private static final StoreConfig CONFIG =
      new StoreConfig(null, Emulators.PROJECT, PREFIX, "US", "gs://trendflow/artifacts");

  private final Emulators emulators = Emulators.start();
  private final SparkSession spark = emulators.told(SharedSpark.session());
  private final BigQueryTables tables =
      BigQueryTables.open(CONFIG, BigQueryTableStore.settings(spark));
  private BigQueryTableStore store = BigQueryTableStore.open(spark, CONFIG);

  @BeforeEach
  void makeTables() {
    for (Table table : Table.values()) {
      assertThat(tables.create(table)).isTrue();
    }
    assertThat(tables.create(Table.DAILY_SALES)).isFalse();
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
        .withMessageStartingWith(name + " differs from its contract:  column ingest_id is")
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
