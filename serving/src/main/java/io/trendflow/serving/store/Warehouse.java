package io.trendflow.serving.store;

import io.trendflow.history.DayRange;
import io.trendflow.schemas.Table;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Access to the tables that the jobs publish. Every call reads the current content. */
public interface Warehouse {

  /**
   * Content of {@code prediction.runs}.
   *
   * @param runs all rows, including retracted runs and runs in hindsight
   * @param problems a sentence for each commit that can't be read
   */
  record Commits(List<Run> runs, List<String> problems) {}

  /**
   * Reads the commits. A commit that can't be read does not hide the others.
   *
   * @throws UnreadableException if the store itself can't be read
   */
  Commits commits() throws UnreadableException;

  /**
   * Passes the selected rows to a consumer one by one, in the order of the selection. A column that
   * the table does not have yet is read as null, or as empty if it is a list.
   *
   * @throws UnreadableException if a row can't be read or lacks a value that the record needs;
   *     earlier rows may have been passed by then
   */
  <R extends Record> void read(RowSelection selection, Class<R> type, Consumer<R> rows)
      throws UnreadableException;

  /**
   * Passes the sold days of each product to a consumer, ordered by product_id, then market, as the
   * ingests knew them at an instant.
   *
   * @throws UnreadableException as {@link #read} does
   */
  void soldDays(List<String> ingestIds, Instant knownBy, DayRange recent, Consumer<SoldDays> rows)
      throws UnreadableException;

  /**
   * Passes the weekly sums of the selected sales to a consumer, the latest week first. A week
   * without a row is left out.
   *
   * @throws UnreadableException as {@link #read} does
   */
  void weeklySales(WeeklySales.Selection selection, Consumer<WeeklySales> rows)
      throws UnreadableException;

  /**
   * Adds a row to a commit table, which is stored durably when the method returns. If the table has
   * a row with the id, nothing happens.
   *
   * @param id id of the row, its batch
   * @param row a component for each column, none a list
   * @throws UnreadableException if the row can't be stored
   */
  void add(Table table, String id, Record row) throws UnreadableException;

  /**
   * Returns the content of a file that a job wrote beside the tables.
   *
   * @param path path below the store, as a table names it
   * @throws UnreadableException if the file does not exist
   */
  byte[] artifact(String path) throws UnreadableException;
}
