package io.trendflow.ingestion;

import java.util.Locale;

/** Why a record is rejected. {@code docs/reject-codes.md} lists the same codes and meanings. */
public enum Reason {
  COLUMN_COUNT("The record has more or fewer fields than the header."),
  MISSING_VALUE("A field that every record of the kind needs is empty."),
  BAD_DATE("The text of a date does not have the configured format, or names no day that exists."),
  BAD_NUMBER("The text of a number is no number, such as `1,5`, `NaN` or `12 GBP`."),
  BAD_TEXT("The text does not have the form that `extract` describes."),
  BAD_BOOLEAN("The text of in_stock is neither a yes nor a no."),
  OUT_OF_RANGE(
      "A value cannot be true: a negative price or trend value, a negative revenue of units that"
          + " were not returned, a number too large, a date before 1990, or an observed day after"
          + " the pull (else the ingest)."),
  UNKNOWN_MARKET("The market is not among the configured markets."),
  DUPLICATE_KEY(
      "Another record describes the same thing as known at the same time: the same product of a"
          + " catalogue, or the same value of a trend series in one pull. The first is kept.");

  private final String meaning;

  Reason(String meaning) {
    this.meaning = meaning;
  }

  /** As {@code quality.rejects} stores it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In a sentence. */
  public String meaning() {
    return meaning;
  }

  /** Reads what {@link #code} writes. */
  static Reason ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
