package io.trendflow.serving.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.serving.snapshot.RunSnapshot;
import io.trendflow.serving.snapshot.SnapshotLoader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures how many scores per second a snapshot loads from the emulator of BigQuery and from
 * Parquet files; {@code make bench-load}. The emulator, which answers a read by a query, takes
 * nearly all of the time; the computing time of the service's thread is printed as well.
 */
class SnapshotLoadBenchmark {
  private static final int ROUNDS = 3;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int MARKETS = 2;

  @Test
  void rowsASecond(@TempDir Path folder) throws IOException, UnreadableException {
    int rows = Integer.parseInt(System.getenv("BENCH_LOAD_ROWS")) / MARKETS * MARKETS;
    List<ScoreRecord> scores = Samples.scores("r1", rows / MARKETS);
    Run run = Samples.run("r1", rows);
    StoreFolder files = new StoreFolder(folder);
    files.publish(run, scores);
    try (Emulators emulators = new Emulators();
        BigQueryStore tables = new BigQueryStore(emulators.store("bench_"));
        BigQueryWarehouse bigQuery = new BigQueryWarehouse(tables.config(), "")) {
      tables.publish(run, scores);
      report("DuckDB on Parquet", new DuckDbWarehouse(folder.toString()), run);
      report("BigQuery's Storage Read API, emulator", bigQuery, run);
    }
  }

  private static void report(String name, Warehouse warehouse, Run run) throws UnreadableException {
    double best = Double.POSITIVE_INFINITY;
    double own = Double.POSITIVE_INFINITY;
    for (int round : IntStream.range(0, ROUNDS).toArray()) {
      long begin = System.nanoTime();
      long computed = THREADS.getCurrentThreadCpuTime();
      RunSnapshot snapshot = new SnapshotLoader(warehouse, run, List.of(run)).load();
      assertThat(snapshot.scores().rows()).as("round %d", round).hasSize((int) run.scoredRows());
      best = Math.min(best, (System.nanoTime() - begin) / 1e9);
      own = Math.min(own, (THREADS.getCurrentThreadCpuTime() - computed) / 1e9);
    }
    System.out.printf(
        Locale.ENGLISH,
        "snapshot of %,d rows, %-37s %6.2f s %,8.0f rows/s, %5.2f s in the service%n",
        run.scoredRows(),
        name,
        best,
        run.scoredRows() / best,
        own);
  }
}
