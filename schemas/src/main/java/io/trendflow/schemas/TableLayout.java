package io.trendflow.schemas;

/**
 * Where the files of a table lie below the store's root: {@code
 * <dataset>/<table>/<batch_id>/*.parquet}. Shared by the jobs that write them and the service that
 * reads them.
 */
public final class TableLayout {
  private TableLayout() {}

  /** Folder of a table, relative to the store. */
  public static String folder(Table table) {
    return table.dataset() + "/" + table.table();
  }

  /** Folder of one batch of a table, relative to the store. */
  public static String folder(Table table, String batchId) {
    return folder(table) + "/" + batchId;
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
