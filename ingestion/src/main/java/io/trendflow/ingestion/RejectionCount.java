package io.trendflow.ingestion;

import io.trendflow.ingestion.clean.RejectReason;
import java.io.Serializable;

/**
 * Number of records of a source that were rejected for one reason.
 *
 * @param example the first of these records
 */
public record RejectionCount(String source, RejectReason reason, long records, Example example)
    implements Serializable {

  /**
   * A rejected record.
   *
   * @param file path below {@code raw.path}
   * @param record ordinal of the record in the file, from 1
   * @param detail what is wrong, in a sentence
   */
  public record Example(String file, long record, String detail) implements Serializable {}
}
