package io.trendflow.ingestion.clean;

import org.apache.spark.sql.Row;

/** Outcome of a record. */
public sealed interface CleanedRecord {
  /**
   * An accepted record.
   *
   * @param value in the schema of the source's kind
   */
  record Accepted(Row value) implements CleanedRecord {}

  /** A record that a filter rule excludes. */
  record Excluded(String rule) implements CleanedRecord {}

  /**
   * A record that is rejected as a defect.
   *
   * @param detail what is wrong, in a sentence
   */
  record Rejected(RejectReason reason, String detail) implements CleanedRecord {}
}
