package io.trendflow.ingestion.clean;

import io.trendflow.ingestion.raw.FileHeader;
import io.trendflow.ingestion.raw.FileRejectedException;
import java.util.List;

/** Alternative columns, bound to those of them that a file has. */
final class BoundColumns {
  private final int[] indexes;

  /**
   * Looks the columns up.
   *
   * @param optional whether the file may have none of them
   * @throws FileRejectedException if it has none and needs one
   */
  BoundColumns(List<String> columns, boolean optional, FileHeader header)
      throws FileRejectedException {
    this.indexes = optional ? header.present(columns) : header.indexes(columns);
  }

  /** Whether the file has any. */
  boolean bound() {
    return indexes.length > 0;
  }

  /** The first trimmed text that is not empty; empty if there is none. */
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
