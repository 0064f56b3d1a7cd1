package io.trendflow.ingestion.clean;

import io.trendflow.ingestion.raw.FileRejectedException;

/** Maps a record to a row in the schema of its kind. */
interface RecordMapper {
  /**
   * Returns the row of a record, or the reason why it is excluded.
   *
   * @param record one text per column of the header
   * @throws RecordDefectException if the record must be rejected
   * @throws FileRejectedException if the file must be rejected as a whole
   */
  CleanedRecord map(String[] record) throws RecordDefectException, FileRejectedException;
}
