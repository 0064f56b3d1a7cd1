package io.trendflow.ingestion;

/** Turns a record into a row in the schema of its kind. */
interface RecordMapper {
  /**
   * The row of one record, or why it is left out.
   *
   * @param record one text per column of the header
   * @throws Defect if this record is unusable
   * @throws Refusal if the whole file is
   */
  Cleaned map(String[] record) throws Defect, Refusal;
}
