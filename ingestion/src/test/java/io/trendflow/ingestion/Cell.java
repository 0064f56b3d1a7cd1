package io.trendflow.ingestion;

import io.trendflow.ingestion.clean.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * A cell of a random table.
 *
 * @param written as the file has it
 * @param value what it means, by the generator that made it; null where it is empty or a defect
 * @param defect why a record with it is rejected; null where it is none
 */
record Cell(String written, @Nullable Object value, @Nullable RejectReason defect) {
  static Cell good(String written, @Nullable Object value) {
    return new Cell(written, value, null);
  }

  static Cell bad(String written, RejectReason defect) {
    return new Cell(written, null, defect);
  }

  /** Text counts without the white space around it, and not at all where nothing is left. */
  static Cell text(String written) {
    String text = written.strip();
    return good(written, text.isEmpty() ? null : text);
  }

  /** The same where every record needs a value. */
  Cell needed() {
    return value == null && defect == null ? bad(written, RejectReason.MISSING_VALUE) : this;
  }
}
