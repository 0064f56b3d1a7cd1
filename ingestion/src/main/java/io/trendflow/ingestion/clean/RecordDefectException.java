package io.trendflow.ingestion.clean;

/** What makes one record unusable. Carries no stack trace: a bad file has many. */
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
