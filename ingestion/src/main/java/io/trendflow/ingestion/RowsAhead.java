package io.trendflow.ingestion;

import io.trendflow.ingestion.raw.FileTask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Reads and cleans the records of files in a thread of its own, one file after the other, while the
 * caller adds up those that were read before.
 */
final class RowsAhead implements AutoCloseable {
  private static final int ROWS = 1_000;
  private static final int BATCHES = 16;

  /**
   * Rows of a file.
   *
   * @param last whether the file has no further rows
   * @param failure exception that ended the reading of all files; null if there is none
   */
  private record Batch(List<Row> rows, boolean last, @Nullable Throwable failure) {}

  private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(BATCHES);
  private final Thread reader;

  /** Starts to read. */
  RowsAhead(List<FileTask> tasks, Configuration hadoop) {
    reader = new Thread(() -> read(tasks, hadoop), "raw files");
    reader.setDaemon(true);
    reader.start();
  }

  /** Passes on the rows of the next file. */
  void readFile(Consumer<Row> each) {
    Batch batch;
    do {
      batch = next();
      if (batch.failure() instanceof Error error) {
        throw error;
      }
      if (batch.failure() instanceof RuntimeException failure) {
        throw failure;
      }
      batch.rows().forEach(each);
    } while (!batch.last());
  }

  private Batch next() {
    try {
      return batches.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The reading of raw files was interrupted.", e);
    }
  }

  private void read(List<FileTask> tasks, Configuration hadoop) {
    try {
      try {
        for (FileTask task : tasks) {
          read(new RecordRows(task, hadoop));
        }
      } catch (RuntimeException | Error e) {
        batches.put(new Batch(List.of(), true, e));
      }
    } catch (InterruptedException e) {
      // The caller has closed this reader.
      Thread.currentThread().interrupt();
    }
  }

  private void read(RecordRows records) throws InterruptedException {
    List<Row> rows = new ArrayList<>(ROWS);
    while (records.hasNext()) {
      if (rows.size() == ROWS) {
        batches.put(new Batch(rows, false, null));
        rows = new ArrayList<>(ROWS);
      }
      rows.add(records.next());
    }
    batches.put(new Batch(rows, true, null));
  }

  /** Stops reading. */
  @Override
  public void close() {
    reader.interrupt();
  }
}
