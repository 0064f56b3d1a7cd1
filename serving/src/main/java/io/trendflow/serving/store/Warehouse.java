package io.trendflow.serving.store;

import io.trendflow.history.DayRange;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The tables that the jobs publish, wherever they lie. Every call reads what is there then. */
public interface Warehouse {

  /**
   * What {@code prediction.runs} holds.
   *
   * @param runs every row, the retracted and hindsight ones too
   * @param problems a sentence for each commit that can't be read
   */
  record Commits(List<Run> runs, List<String> problems) {}

  /**
   * The commits as they are now; one that can't be read doesn't hide the others.
   *
   * @throws UnreadableException when the store itself can't be read
   */
  Commits commits() throws UnreadableException;

  /**
   * Hands over the selected rows one by one, in the selection's order. A list column that the table
   * does not have yet is empty and any other is null.
   *
   * @throws UnreadableException when a row can't be read or lacks a value that the record needs;
   *     rows may have been handed over before
   */
  <R extends Record> void read(RowSelection selection, Class<R> type, Consumer<R> rows)
      throws UnreadableException;

  /**
   * Hands over when each product was sold, by product_id, then market, from what the ingests knew
   * at the instant.
   *
   * @throws UnreadableException as {@link #read} does
   */
  void soldDays(List<String> ingestIds, Instant knownBy, DayRange recent, Consumer<SoldDays> rows)
      throws UnreadableException;

  /**
   * The content of a file that a job wrote beside the tables.
   *
   * @param path below the store, as a table names it
   * @throws UnreadableException when it is not there
   */
  byte[] artifact(String path) throws UnreadableException;
}
