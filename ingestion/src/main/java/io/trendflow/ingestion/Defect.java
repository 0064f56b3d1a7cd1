package io.trendflow.ingestion;

/** What makes one record unusable. Carries no stack trace: a bad file has many. */
final class Defect extends Exception {
  private final Reason reason;

  Defect(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  Cleaned.Rejected rejected() {
    return new Cleaned.Rejected(reason, String.valueOf(getMessage()));
  }
}
