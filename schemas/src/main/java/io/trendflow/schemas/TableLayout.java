package io.trendflow.schemas;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Where the files of a table lie below the store's root: {@code
 * <dataset>/<table>/<batch_id>/*.parquet}. Shared by the jobs that write them and the service that
 * reads them. A folder that lies there is complete; unfinished ones lie deeper, in {@code
 * <dataset>/<table>/_unfinished/}.
 *
 * <p>A backtest has several rows in {@code prediction.models}, written one by one, so each is a
 * batch of its own: the event {@code backtested}, which commits the backtest, lies in {@code
 * <backtest_id>}, a later one in {@code <backtest_id>-<event>-<changed_at>}. So is the retraction
 * of a run, in {@code <run_id>-retracted-<time>}.
 */
public final class TableLayout {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private TableLayout() {}

  /**
   * Batch id of an event in the life of a model after its backtest, or of a run after it was
   * published, with its time to the microsecond.
   */
  public static String event(String batchId, String event, Instant changedAt) {
    return batchId + "-" + event + "-" + TIME.format(changedAt);
  }

  /** Folder of a table, relative to the store. */
  public static String folder(Table table) {
    return table.dataset() + "/" + table.table();
  }

  /** Folder of one batch of a table, relative to the store. */
  public static String folder(Table table, String batchId) {
    return folder(table) + "/" + batchId;
  }

  /** Folder in which batches of a table are written before they are complete. */
  public static String unfinished(Table table) {
    return folder(table) + "/_unfinished";
  }

  /** Glob of every batch's files, those not committed included. */
  public static String allFiles(Table table) {
    return folder(table) + "/*/[!_.]*.parquet";
  }

  /** Glob of one batch's files. */
  public static String files(Table table, String batchId) {
    return folder(table, batchId) + "/[!_.]*.parquet";
  }
}
