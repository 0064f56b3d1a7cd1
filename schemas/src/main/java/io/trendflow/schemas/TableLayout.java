package io.trendflow.schemas;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Layout of a table's files below the store's root: {@code <dataset>/<table>/<batch_id>/*.parquet}.
 * The jobs write these files and the service reads them. A batch directory is complete as soon as
 * it exists; unfinished batches are in {@code <dataset>/<table>/_unfinished/}.
 *
 * <p>A backtest has several rows in {@code prediction.models}, which are written one by one: each
 * row is a batch of its own. The event {@code backtested}, which commits the backtest, is in {@code
 * <backtest_id>}; a later event is in {@code <backtest_id>-<event>-<changed_at>}. The retraction of
 * a run is in {@code <run_id>-retracted-<time>}.
 */
public final class TableLayout {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private TableLayout() {}

  /**
   * Returns the batch id of an event of a model after its backtest, or of a run after its
   * publication, with the event's time to the microsecond.
   */
  public static String event(String batchId, String event, Instant changedAt) {
    return batchId + "-" + event + "-" + TIME.format(changedAt);
  }

  /** Returns the directory of a table, relative to the store. */
  public static String folder(Table table) {
    return table.dataset() + "/" + table.table();
  }

  /** Returns the directory of one batch of a table, relative to the store. */
  public static String folder(Table table, String batchId) {
    return folder(table) + "/" + batchId;
  }

  /** Returns the directory in which batches of a table are written before they are complete. */
  public static String unfinished(Table table) {
    return folder(table) + "/_unfinished";
  }

  /** Returns the glob of every batch's files, including batches that are not committed. */
  public static String allFiles(Table table) {
    return folder(table) + "/*/[!_.]*.parquet";
  }

  /** Returns the glob of one batch's files. */
  public static String files(Table table, String batchId) {
    return folder(table, batchId) + "/[!_.]*.parquet";
  }
}
