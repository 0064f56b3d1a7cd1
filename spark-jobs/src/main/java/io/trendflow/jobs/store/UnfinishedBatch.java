package io.trendflow.jobs.store;

import static org.apache.spark.sql.functions.xxhash64;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Batch whose files are still in a folder of the writer's own. A rename publishes them. If the job
 * dies, the folder remains, and no reader sees it.
 *
 * @param unfinished the writer's own folder
 * @param finished the folder that readers see
 */
record UnfinishedBatch(FileSystem files, Path unfinished, Path finished, long rows) {
  private static final int ATTEMPTS = 5;
  private static final Pattern BATCH_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /** Conforms rows, writes them and checks the written rows; a rejected batch leaves no file. */
  static UnfinishedBatch write(
      FileSystem files, Path root, Table table, String batchId, Dataset<Row> rows) {
    if (!BATCH_ID.matcher(batchId).matches()) {
      throw new IllegalArgumentException(
          "\""
              + batchId
              + "\" is not a valid batch id: use letters, digits, '.', '_' and '-' and begin with a letter or digit.");
    }
    Path finished = new Path(root, TableLayout.folder(table, batchId));
    Path unfinished =
        new Path(new Path(root, TableLayout.unfinished(table)), batchId + "-" + UUID.randomUUID());
    try {
      FolderMoves.requireWritable(files, unfinished.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The store "
              + root
              + " can't be written: "
              + e.getMessage()
              + ". Let this user write to it, or set store.path to another folder.",
          e);
    }
    try {
      writeParquet(SparkSchemas.conform(rows, table), table, unfinished);
      Dataset<Row> written =
          rows.sparkSession()
              .read()
              .schema(SparkSchemas.of(table))
              .parquet(FolderMoves.literal(unfinished));
      return new UnfinishedBatch(
          files, unfinished, finished, ContractViolations.refuse(written, table, batchId));
    } catch (RuntimeException e) {
      delete(files, unfinished);
      throw e;
    }
  }

  /**
   * Writes rows with equal values of the cluster columns beside each other. Their hash is one
   * number, which Spark sorts by its digits; comparing markets and products took five times as
   * long.
   */
  private static void writeParquet(Dataset<Row> conformed, Table table, Path folder) {
    Column[] cluster =
        table.contract().clusterBy().stream().map(functions::col).toArray(Column[]::new);
    Dataset<Row> partitions = BatchPartitions.of(conformed);
    Dataset<Row> clustered =
        cluster.length == 0 ? partitions : partitions.sortWithinPartitions(xxhash64(cluster));
    clustered
        .write()
        .option("compression", "snappy")
        .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
        .parquet(folder.toString());
  }

  /**
   * Publishes the batch.
   *
   * @return false if another writer's batch with the same id is already published, which stays
   */
  boolean publish() {
    try {
      files.mkdirs(finished.getParent());
      FolderMoves.force(files, unfinished);
      if (FolderMoves.move(files, unfinished, finished)) {
        FolderMoves.forceNames(files, finished.getParent());
        return true;
      }
      discard();
      if (!files.exists(finished)) {
        throw new IOException("no move to this folder succeeds");
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(finished + " can't be written: " + e.getMessage(), e);
    }
  }

  /**
   * Publishes the batch, replacing an earlier one. Concurrent writers of the same id replace each
   * other's batches, which are equal; one complete batch remains.
   */
  void replace() {
    try {
      files.mkdirs(finished.getParent());
      FolderMoves.force(files, unfinished);
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        // A move removes the old files at once; deleting would remove them one by one.
        Path old = unfinished.suffix("-old" + attempt);
        if (files.exists(finished) && FolderMoves.move(files, finished, old)) {
          delete(files, old);
        }
        if (FolderMoves.move(files, unfinished, finished)) {
          FolderMoves.forceNames(files, finished.getParent());
          return;
        }
      }
      throw new IOException("other writers keep replacing it");
    } catch (IOException e) {
      throw new UncheckedIOException(finished + " can't be replaced: " + e.getMessage(), e);
    }
  }

  void discard() {
    delete(files, unfinished);
  }

  private static void delete(FileSystem files, Path folder) {
    try {
      files.delete(folder, true);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " can't be removed: " + e.getMessage(), e);
    }
  }
}
