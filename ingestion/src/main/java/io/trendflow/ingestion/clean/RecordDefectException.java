package io.trendflow.ingestion.clean;

/**
 * Thrown for a record that must be rejected. It has no stack trace, because a bad file has many
 * such records.
 */
final class RecordDefectException extends Exception {
  private final RejectReason reason;

  RecordDefectException(RejectReason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  CleanedRecord.Rejected rejected() {
    return new CleanedRecord.Rejected(reason, String.valueOf(getMessage()));
  }
}
