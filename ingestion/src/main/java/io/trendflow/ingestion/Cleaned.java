package io.trendflow.ingestion;

import org.apache.spark.sql.Row;

/** What became of a record. */
sealed interface Cleaned {
  /**
   * It counts.
   *
   * @param value in the schema of the source's kind
   */
  record Accepted(Row value) implements Cleaned {}

  /** A configured rule leaves it out. */
  record Excluded(String rule) implements Cleaned {}

  /**
   * It is a defect.
   *
   * @param detail what is wrong, in a sentence
   */
  record Rejected(Reason reason, String detail) implements Cleaned {}
}
