package io.trendflow.ingestion.clean;

import org.apache.spark.sql.Row;

/** What became of a record. */
public sealed interface CleanedRecord {
  /**
   * It counts.
   *
   * @param value in the schema of the source's kind
   */
  record Accepted(Row value) implements CleanedRecord {}

  /** A configured rule leaves it out. */
  record Excluded(String rule) implements CleanedRecord {}

  /**
   * It is a defect.
   *
   * @param detail what is wrong, in a sentence
   */
  record Rejected(RejectReason reason, String detail) implements CleanedRecord {}
}
