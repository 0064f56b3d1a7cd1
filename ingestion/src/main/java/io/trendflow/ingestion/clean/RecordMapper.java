package io.trendflow.ingestion.clean;

import io.trendflow.ingestion.raw.FileRejectedException;

/** Turns a record into a row in the schema of its kind. */
interface RecordMapper {
  /**
   * The row of one record, or why it is left out.
   *
   * @param record one text per column of the header
   * @throws RecordDefectException if this record is unusable
   * @throws FileRejectedException if the whole file is
   */
  CleanedRecord map(String[] record) throws RecordDefectException, FileRejectedException;
}
