package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The tables as Parquet files below a folder of any Hadoop file system, laid out by {@link
 * TableLayout}. A batch is written whole and never changes once it is committed; a reader sees
 * committed batches only.
 */
public final class FileTableStore {
  private final SparkSession spark;
  private final Path root;
  private final FileSystem files;

  /**
   * Opens a store, which may be empty.
   *
   * @param root a folder, local or with a scheme such as {@code gs://}
   * @throws UncheckedIOException if its file system can't be reached
   */
  public FileTableStore(SparkSession spark, String root) {
    // Spark's defaults are INT96, which is deprecated, and an error at a day before 1582.
    spark.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    spark.conf().set("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED");
    this.spark = spark;
    this.root = new Path(root);
    try {
      this.files = this.root.getFileSystem(spark.sessionState().newHadoopConf());
    } catch (IOException e) {
      throw new UncheckedIOException("store " + root + " can't be opened: " + e.getMessage(), e);
    }
  }

  /**
   * Writes a batch, which nobody sees before it is committed, in place of one of the same id that
   * never was. The rows are conformed to the contract and lie in few files.
   *
   * @return how many rows the batch has
   * @throws IllegalArgumentException if the rows break the contract; none is kept then
   * @throws IllegalStateException if the batch is committed
   */
  public long append(Table table, String batchId, Dataset<Row> rows) {
    Table commitTable =
        table
            .committedBy()
            .orElseThrow(() -> new IllegalArgumentException(table + " is written by commit."));
    refuseCommitted(commitTable, batchId);
    UnfinishedBatch batch = UnfinishedBatch.write(files, root, table, batchId, rows);
    refuseCommitted(commitTable, batchId);
    batch.replace();
    return batch.rows();
  }

  /**
   * Makes a batch visible in all its tables at once: the last thing that a job writes. The later
   * events of a model are written by it too, under {@link TableLayout#event}.
   *
   * @param row the one row of the commit table
   * @throws IllegalArgumentException if the row breaks the contract or is not exactly one
   * @throws IllegalStateException if the batch is committed, be it by another job meanwhile
   */
  public void commit(Table commitTable, String batchId, Dataset<Row> row) {
    if (commitTable.committedBy().isPresent()) {
      throw new IllegalArgumentException(commitTable + " is no commit table.");
    }
    refuseCommitted(commitTable, batchId);
    UnfinishedBatch batch = UnfinishedBatch.write(files, root, commitTable, batchId, row);
    if (batch.rows() != 1) {
      batch.discard();
      throw new IllegalArgumentException(
          "A batch is committed by one row of %s, not by %d.".formatted(commitTable, batch.rows()));
    }
    if (!batch.publish()) {
      throw committed(commitTable, batchId);
    }
  }

  /** Whether a batch or an event has its commit row. A superseded ingest has one too. */
  public boolean isCommitted(Table commitTable, String batchId) {
    return exists(TableLayout.folder(commitTable, batchId));
  }

  /**
   * The visible batches of a commit table in the order of their ids: all but superseded ingests. A
   * job that reads several tables takes this list once and reads by it, so that what others commit
   * meanwhile is out.
   */
  public List<String> batches(Table commitTable) {
    List<String> batches = new ArrayList<>(committed(commitTable));
    if (commitTable == Table.INGESTS && batches.size() > 1) {
      batches.removeAll(
          read(Table.INGESTS, batches)
              .select(explode(col("supersedes")))
              .as(Encoders.STRING())
              .collectAsList());
    }
    return List.copyOf(batches);
  }

  /** The visible rows of a table, with the contract's columns. */
  public Dataset<Row> read(Table table) {
    return read(table, batches(table.committedBy().orElse(table)));
  }

  /** The rows of one batch, visible or not; none if it has no rows in the table. */
  public Dataset<Row> read(Table table, String batchId) {
    return read(table, List.of(batchId));
  }

  /** The rows of some batches, visible or not. */
  public Dataset<Row> read(Table table, Collection<String> batchIds) {
    String[] folders =
        batchIds.stream()
            .map(batchId -> TableLayout.folder(table, batchId))
            .filter(this::exists)
            .map(folder -> Folders.literal(new Path(root, folder)))
            .toArray(String[]::new);
    return folders.length == 0
        ? spark.createDataFrame(List.of(), SparkSchemas.of(table))
        : spark.read().schema(SparkSchemas.of(table)).parquet(folders);
  }

  private List<String> committed(Table commitTable) {
    String folder = TableLayout.folder(commitTable);
    if (!exists(folder)) {
      return List.of();
    }
    try {
      return Arrays.stream(files.listStatus(new Path(root, folder)))
          .filter(FileStatus::isDirectory)
          .map(status -> status.getPath().getName())
          .filter(name -> !name.startsWith("_") && !name.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean exists(String folder) {
    try {
      return files.exists(new Path(root, folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void refuseCommitted(Table commitTable, String batchId) {
    if (isCommitted(commitTable, batchId)) {
      throw committed(commitTable, batchId);
    }
  }

  private static IllegalStateException committed(Table commitTable, String batchId) {
    return new IllegalStateException(
        "Batch %s is in %s and never changes.".formatted(batchId, commitTable));
  }
}
