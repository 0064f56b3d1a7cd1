package io.trendflow.ingestion;

import io.trendflow.ingestion.clean.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * Cell of a random table.
 *
 * @param written text in the file
 * @param value meaning of the cell, from its generator; null if the cell is empty or a defect
 * @param defect reason to reject a record with the cell; null if the cell is not a defect
 */
record Cell(String written, @Nullable Object value, @Nullable RejectReason defect) {
  static Cell good(String written, @Nullable Object value) {
    return new Cell(written, value, null);
  }

  static Cell bad(String written, RejectReason defect) {
    return new Cell(written, null, defect);
  }

  /** Returns a cell of a text, whose value is the trimmed text, or null if nothing remains. */
  static Cell text(String written) {
    String text = written.strip();
    return good(written, text.isEmpty() ? null : text);
  }

  /** Returns a cell of a text that every record needs. */
  Cell needed() {
    if (defect == null && written.indexOf('\0') >= 0) {
      return bad(written, RejectReason.BAD_TEXT);
    }
    return value == null && defect == null ? bad(written, RejectReason.MISSING_VALUE) : this;
  }
}
