package io.trendflow.ingestion;

import io.trendflow.ingestion.clean.RejectReason;

/**
 * How many records of a source are defects for one reason.
 *
 * @param example the first of them
 */
public record RejectionCount(String source, RejectReason reason, long records, Example example) {

  /**
   * A rejected record.
   *
   * @param file path below {@code raw.path}
   * @param record its ordinal in the file, from 1
   * @param detail what is wrong, in a sentence
   */
  public record Example(String file, long record, String detail) {}
}
