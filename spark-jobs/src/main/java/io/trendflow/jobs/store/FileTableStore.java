package io.trendflow.jobs.store;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import io.trendflow.schemas.Visibility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Tables as Parquet files below a folder of any Hadoop file system, laid out by {@link
 * TableLayout}.
 */
public final class FileTableStore implements TableStore {
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
    // The defaults write INT96, which is deprecated, and fail at days before 1582.
    spark.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    spark.conf().set("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED");
    this.spark = spark;
    this.root = new Path(root);
    try {
      this.files = this.root.getFileSystem(spark.sessionState().newHadoopConf());
    } catch (IOException e) {
      throw new UncheckedIOException("Store " + root + " can't be opened: " + e.getMessage(), e);
    }
  }

  @Override
  public long append(Table table, String batchId, Dataset<Row> rows) {
    Table commitTable = TableStore.commitTable(table);
    refuseCommitted(commitTable, batchId);
    UnfinishedBatch batch = UnfinishedBatch.write(files, root, table, batchId, rows);
    refuseCommitted(commitTable, batchId);
    batch.replace();
    return batch.rows();
  }

  @Override
  public void commit(Table commitTable, String batchId, Dataset<Row> row) {
    TableStore.requireCommitTable(commitTable);
    refuseCommitted(commitTable, batchId);
    UnfinishedBatch batch = UnfinishedBatch.write(files, root, commitTable, batchId, row);
    if (batch.rows() != 1) {
      batch.discard();
      throw TableStore.notOneRow(commitTable, batch.rows());
    }
    if (!batch.publish()) {
      throw TableStore.committed(commitTable, batchId);
    }
  }

  @Override
  public boolean isCommitted(Table commitTable, String batchId) {
    return exists(TableLayout.folder(commitTable, batchId));
  }

  @Override
  public List<String> batches(Table commitTable) {
    List<String> batches = committed(commitTable);
    // A single ingest supersedes nothing, and reading it would take a Spark job.
    return commitTable == Table.INGESTS && batches.size() > 1
        ? List.copyOf(Visibility.ingests(VisibilityRows.ingests(read(Table.INGESTS, batches))))
        : batches;
  }

  @Override
  public List<String> committed(Table commitTable) {
    return batchFolders(commitTable);
  }

  private List<String> batchFolders(Table table) {
    String folder = TableLayout.folder(table);
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

  @Override
  public Dataset<Row> read(Table table, Collection<String> batchIds) {
    Set<String> written = written(table, batchIds);
    String[] folders =
        batchIds.stream()
            .filter(written::contains)
            .map(batchId -> FolderMoves.literal(new Path(root, TableLayout.folder(table, batchId))))
            .toArray(String[]::new);
    return folders.length == 0
        ? spark.createDataFrame(List.of(), SparkSchemas.of(table))
        : spark.read().schema(SparkSchemas.of(table)).parquet(folders);
  }

  // One listing for many batches: a question for each of a year's ingests takes seconds on GCS.
  private Set<String> written(Table table, Collection<String> batchIds) {
    return batchIds.size() > 1
        ? Set.copyOf(batchFolders(table))
        : batchIds.stream()
            .filter(batchId -> exists(TableLayout.folder(table, batchId)))
            .collect(Collectors.toSet());
  }

  @Override
  public List<Leftover> leftovers(Instant untouchedSince) {
    return new AbandonedFolders(files, root).untouchedSince(untouchedSince, this::isCommitted);
  }

  @Override
  public void remove(Leftover leftover) {
    new AbandonedFolders(files, root).remove(leftover, this::isCommitted);
  }

  @Override
  public void purge(Table table, String batchId) {
    TableStore.requireOtherThanCommit(table);
    new AbandonedFolders(files, root).purge(table, batchId);
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
      throw TableStore.committed(commitTable, batchId);
    }
  }
}
