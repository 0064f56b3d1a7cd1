package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store against the emulators, as it is and when connections, commits and answers fail. */
@ExtendWith(SharedSpark.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BigQueryTableStoreIT implements TableStoreContract {
  private final Emulators emulators = Emulators.running();
  private SparkSession spark;
  private StoreConfig config;
  private BigQueryTableStore store;

  @BeforeEach
  void open(SparkSession session) throws Exception {
    emulators.inject("[]");
    spark = emulators.told(session);
    String prefix = "t" + UUID.randomUUID().toString().replace("-", "") + "_";
    config = new StoreConfig(null, Emulators.PROJECT, prefix, "US", "gs://trendflow/artifacts");
    BigQueryTables tables = BigQueryTables.open(config, BigQueryTableStore.settings(spark));
    for (Table table : Table.values()) {
      assertThat(tables.create(table)).isTrue();
      assertThat(tables.create(table)).isFalse();
    }
    store = BigQueryTableStore.open(spark, config);
  }

  @Override
  public SparkSession spark() {
    return spark;
  }

  @Override
  public TableStore store() {
    return store;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'on': 'AppendRows', 'do': 'reset', 'times': 1}",
        "{'on': 'BatchCommitWriteStreams', 'do': 'refuse', 'status': 503, 'times': 2}",
        "{'on': 'BatchCommitWriteStreams', 'do': 'lose', 'times': 1}",
        "{'on': 'CreateWriteStream', 'do': 'refuse', 'status': 401, 'times': 1}",
        "{'on': 'POST /bigquery/v2/projects/trendflow/jobs', 'do': 'lose', 'times': 1}",
        "{'on': 'POST /bigquery/v2/projects/trendflow/jobs', 'do': 'refuse', 'status': 503, 'times': 2}",
        "{'on': 'GET /bigquery', 'do': 'refuse', 'status': 401, 'times': 1}",
      })
  void afterAFaultEveryRowIsThereOnce(String fault) throws Exception {
    emulators.inject("[" + fault.replace('\'', '"') + "]");
    append("i1", "a", "b");
    commit("i1");
    assertThat(products()).containsExactly("a", "b");
    assertThat(store.batches(Table.INGESTS)).containsExactly("i1");
    append("i2", "c");
    commit("i2", "i1");
    assertThat(products()).containsExactly("c");
  }

  @Test
  void aRunThatStartsAgainAfterADeadOneDoublesNothing() {
    append("i1", "a", "b");
    store = BigQueryTableStore.open(spark, config);
    assertThat(products()).isEmpty();
    append("i1", "a", "b");
    commit("i1");
    assertThat(products()).containsExactly("a", "b");
  }

  @Test
  void aTableThatIsGoneOrAnotherIsNamed() {
    BigQueryTables tables = BigQueryTables.open(config, BigQueryTableStore.settings(spark));
    tables.drop(List.of(tables.id(Table.DAILY_SALES)));
    assertThatIllegalStateException()
        .isThrownBy(() -> append("i1", "a"))
        .withMessage(
            "`trendflow.%ssales_history.daily_sales` does not exist: run bin/trendflow tables create.",
            config.datasetPrefix());
  }
}
