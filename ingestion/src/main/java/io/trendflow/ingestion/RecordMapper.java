package io.trendflow.ingestion;

import org.apache.spark.sql.Row;

/** Turns a record into a row in the schema of its kind. */
interface RecordMapper {
  /**
   * The row of one record.
   *
   * @param record one text per column of the header
   * @throws Defect if this record is unusable
   * @throws Refusal if the whole file is
   */
  Row map(String[] record) throws Defect, Refusal;
}
