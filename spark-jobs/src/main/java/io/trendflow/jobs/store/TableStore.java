package io.trendflow.jobs.store;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The tables. A batch is written whole and never changes once it is committed; a reader sees
 * committed batches only.
 */
public interface TableStore {
  /**
   * Writes a batch, which nobody sees before it is committed, in place of one of the same id that
   * never was. The rows are conformed to the contract.
   *
   * @return how many rows the batch has
   * @throws IllegalArgumentException if the rows break the contract; none is kept then
   * @throws IllegalStateException if the batch is committed
   */
  long append(Table table, String batchId, Dataset<Row> rows);

  /**
   * Makes a batch visible in all its tables at once: the last thing that a job writes. The later
   * events of a model are written by it too, under {@link TableLayout#event}.
   *
   * @param row the one row of the commit table
   * @throws IllegalArgumentException if the row breaks the contract or is not exactly one
   * @throws IllegalStateException if the batch is committed, be it by another job meanwhile
   */
  void commit(Table commitTable, String batchId, Dataset<Row> row);

  /** Whether a batch or an event has its commit row. A superseded ingest has one too. */
  boolean isCommitted(Table commitTable, String batchId);

  /**
   * The visible batches of a commit table in the order of their ids: all but superseded ingests. A
   * job that reads several tables takes this list once and reads by it, so that what others commit
   * meanwhile is out.
   */
  List<String> batches(Table commitTable);

  /** Returns the ids of every row of a commit table, visible or not, in ascending order. */
  List<String> committed(Table commitTable);

  /** The rows of some batches, visible or not, with the contract's columns. */
  Dataset<Row> read(Table table, Collection<String> batchIds);

  /** The rows of one batch, visible or not; none if it has no rows in the table. */
  default Dataset<Row> read(Table table, String batchId) {
    return read(table, List.of(batchId));
  }

  /** The visible rows of a table. */
  default Dataset<Row> read(Table table) {
    return read(table, batches(table.committedBy().orElse(table)));
  }

  /** What jobs that died left behind and did not touch since a time. */
  List<Leftover> leftovers(Instant untouchedSince);

  /** Removes what {@link #leftovers} listed, unless a job has taken it up since; again is fine. */
  void remove(Leftover leftover);

  /**
   * Removes the rows of a committed batch that nobody sees any more; again is fine. Its commit row
   * stays, which says what there was.
   */
  void purge(Table table, String batchId);

  /**
   * What lies where no reader looks.
   *
   * @param name where it lies
   * @param touched when a job last wrote it
   */
  record Leftover(String name, long bytes, Instant touched) {}

  /** The table that commits a batch of this one. */
  static Table commitTable(Table table) {
    return table
        .committedBy()
        .orElseThrow(() -> new IllegalArgumentException(table + " is written by commit."));
  }

  /** Refuses a table whose rows commit nothing. */
  static void requireCommitTable(Table table) {
    if (table.committedBy().isPresent()) {
      throw new IllegalArgumentException(table + " is no commit table.");
    }
  }

  /** Refuses a table whose rows commit something. */
  static void requireOtherThanCommit(Table table) {
    if (table.committedBy().isEmpty()) {
      throw new IllegalArgumentException(table + " keeps its rows.");
    }
  }

  /** What a second commit of a batch is refused with. */
  static IllegalStateException committed(Table commitTable, String batchId) {
    return new IllegalStateException(
        "Batch %s is in %s and never changes.".formatted(batchId, commitTable));
  }

  /** What a commit by another number of rows than one is refused with. */
  static IllegalArgumentException notOneRow(Table commitTable, long rows) {
    return new IllegalArgumentException(
        "A batch is committed by one row of %s, not by %d.".formatted(commitTable, rows));
  }
}
