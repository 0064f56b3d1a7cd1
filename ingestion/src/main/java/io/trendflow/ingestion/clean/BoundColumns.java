package io.trendflow.ingestion.clean;

import io.trendflow.ingestion.raw.FileHeader;
import io.trendflow.ingestion.raw.FileRejectedException;
import java.util.List;

/** Alternative columns, bound to their positions in a file. */
final class BoundColumns {
  private final int[] indexes;

  /**
   * Looks up the columns.
   *
   * @param optional whether the file may have none of the columns
   * @throws FileRejectedException if the file has none of the columns and needs one
   */
  BoundColumns(List<String> columns, boolean optional, FileHeader header)
      throws FileRejectedException {
    this.indexes = optional ? header.present(columns) : header.indexes(columns);
  }

  /** Returns whether the file has any of the columns. */
  boolean bound() {
    return indexes.length > 0;
  }

  /** Returns the first trimmed text that is not empty; empty if there is none. */
  String text(String[] record) {
    for (int index : indexes) {
      String trimmed = record[index].strip();
      if (!trimmed.isEmpty()) {
        return trimmed;
      }
    }
    return "";
  }
}
