package io.trendflow.jobs.store;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Storage of the tables. A batch is written as a whole and never changes once it is committed;
 * readers see only committed batches.
 */
public interface TableStore {
  /**
   * Writes a batch, which is invisible until it is committed, and replaces an uncommitted batch
   * with the same id. The rows are conformed to the contract.
   *
   * @return number of rows of the batch
   * @throws IllegalArgumentException if the rows break the contract; none is kept then
   * @throws IllegalStateException if the batch is already committed
   */
  long append(Table table, String batchId, Dataset<Row> rows);

  /**
   * Makes a batch visible in all its tables at once: the last write of a job. It also writes the
   * later events of a model, under {@link TableLayout#event}.
   *
   * @param row the one row of the commit table
   * @throws IllegalArgumentException if the row breaks the contract or is not exactly one
   * @throws IllegalStateException if the batch is already committed, possibly by another job in the
   *     meantime
   */
  void commit(Table commitTable, String batchId, Dataset<Row> row);

  /** Returns whether a batch or an event has its commit row. A superseded ingest has one too. */
  boolean isCommitted(Table commitTable, String batchId);

  /**
   * Returns the visible batches of a commit table in the order of their ids: all except superseded
   * ingests. A job that reads several tables takes this list once and reads by it, so that later
   * commits of other jobs don't affect it.
   */
  List<String> batches(Table commitTable);

  /** Returns the ids of every row of a commit table, visible or not, in ascending order. */
  List<String> committed(Table commitTable);

  /** Returns the rows of some batches, visible or not, with the contract's columns. */
  Dataset<Row> read(Table table, Collection<String> batchIds);

  /** Returns the rows of one batch, visible or not; empty if it has no rows in the table. */
  default Dataset<Row> read(Table table, String batchId) {
    return read(table, List.of(batchId));
  }

  /** Returns the visible rows of a table. */
  default Dataset<Row> read(Table table) {
    return read(table, batches(table.committedBy().orElse(table)));
  }

  /** Returns files or tables of dead jobs that no job has touched since a time. */
  List<Leftover> leftovers(Instant untouchedSince);

  /** Removes a leftover from {@link #leftovers}, unless a job has touched it since. Repeatable. */
  void remove(Leftover leftover);

  /**
   * Removes the rows of a committed batch that is no longer visible. Repeatable. The commit row
   * stays as a record of the batch.
   */
  void purge(Table table, String batchId);

  /**
   * Files or a table that no reader sees.
   *
   * @param name name or path
   * @param touched time of a job's last write
   */
  record Leftover(String name, long bytes, Instant touched) {}

  /** Returns the table that commits a batch of a table. */
  static Table commitTable(Table table) {
    return table
        .committedBy()
        .orElseThrow(
            () -> new IllegalArgumentException(table + " is a commit table: write it by commit."));
  }

  /** Rejects a table that is not a commit table. */
  static void requireCommitTable(Table table) {
    if (table.committedBy().isPresent()) {
      throw new IllegalArgumentException(table + " is not a commit table.");
    }
  }

  /** Rejects a commit table. */
  static void requireOtherThanCommit(Table table) {
    if (table.committedBy().isEmpty()) {
      throw new IllegalArgumentException(table + " is a commit table: its rows can't be removed.");
    }
  }

  /** Returns the exception for a second commit of a batch. */
  static IllegalStateException committed(Table commitTable, String batchId) {
    return new IllegalStateException(
        "Batch %s is already committed to %s.".formatted(batchId, commitTable));
  }

  /** Returns the exception for a commit of any other number of rows than one. */
  static IllegalArgumentException notOneRow(Table commitTable, long rows) {
    return new IllegalArgumentException(
        "A commit must be one row of %s, but has %d.".formatted(commitTable, rows));
  }
}
