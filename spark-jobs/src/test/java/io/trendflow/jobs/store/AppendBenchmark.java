package io.trendflow.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.jobs.Emulators;
import io.trendflow.jobs.config.StoreConfig;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures how many rows of {@code daily_sales} per second are written, checked and committed, to
 * files and to BigQuery's emulator, compared with Spark's plain write of the same rows as Parquet;
 * {@code make bench-append} runs it. The emulator is slower than BigQuery.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class AppendBenchmark {
  private static final int ROUNDS = 3;
  private static final StoreConfig BIG_QUERY =
      new StoreConfig(null, Emulators.PROJECT, "bench_", "US", "gs://trendflow/artifacts");

  private final Emulators emulators = Emulators.start();
  private final SparkSession spark = emulators.told(SharedSpark.session());
  private final long count = Long.parseLong(System.getenv("BENCH_APPEND_ROWS"));

  @AfterEach
  void stopEmulators() {
    emulators.close();
  }

  private interface Write {
    void batch(String id, Dataset<Row> rows);
  }

  @Test
  void rowsASecond(@TempDir Path folder) {
    report(
        "Spark's own write of Parquet",
        (id, rows) -> rows.write().parquet(folder.resolve(id).toString()));
    TableStore files = new FileTableStore(spark, folder.resolve("store").toString());
    report("files", (id, rows) -> write(files, id, rows));
    BigQueryTables tables = BigQueryTables.open(BIG_QUERY, BigQueryTableStore.settings(spark));
    assertThat(tables.create(Table.DAILY_SALES)).isTrue();
    assertThat(tables.create(Table.INGESTS)).isTrue();
    TableStore bigQuery = BigQueryTableStore.open(spark, BIG_QUERY);
    report("BigQuery's emulator", (id, rows) -> write(bigQuery, id, rows));
  }

  private void write(TableStore store, String id, Dataset<Row> rows) {
    assertThat(store.append(Table.DAILY_SALES, id, rows)).isEqualTo(count);
    store.commit(Table.INGESTS, id, Sample.of(spark, Table.INGESTS, Map.of("ingest_id", id)));
  }

  private void report(String name, Write write) {
    double best = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      String id = "i" + round;
      Dataset<Row> rows =
          Sample.of(spark, Table.DAILY_SALES, Map.of("ingest_id", id))
              .drop("product_id")
              .crossJoin(spark.range(0, count, 1, 2).selectExpr("cast(id as string) product_id"));
      long begin = System.nanoTime();
      write.batch(id, rows);
      best = Math.min(best, (System.nanoTime() - begin) / 1e9);
    }
    System.out.printf(
        Locale.ENGLISH,
        "batch of %,d rows, %-30s %6.2f s %,10.0f rows/s%n",
        count,
        name,
        best,
        count / best);
  }
}
