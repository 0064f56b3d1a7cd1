package io.trendflow.ingestion.clean;

import java.util.Locale;

/** Why a record is rejected. {@code docs/reject-codes.md} lists the same codes and meanings. */
public enum RejectReason {
  COLUMN_COUNT(
      "The record has more or fewer fields than the header.",
      "Look at the record: a separator or a line break inside a field needs quotes; a file of another shape needs a source of its own."),
  MISSING_VALUE(
      "A field that every record of the kind needs is empty.",
      "Map the field to a column that always has a value, or leave such records out by a filter."),
  BAD_DATE(
      "The text of a date does not have the configured format, or names no day that exists.",
      "Give the column its `format`, such as `{column: day, format: \"dd/MM/yyyy\"}`."),
  BAD_NUMBER(
      "The text of a number is no number, such as `1,5`, `NaN` or `12 GBP`.",
      "Give the column its `decimal` and `group`, or an `extract` that takes the number out of the text."),
  BAD_TEXT(
      "The text does not have the form that `extract` describes.",
      "Widen the `extract` of the column, or leave such records out by a filter."),
  BAD_BOOLEAN(
      "The text of in_stock is neither a yes nor a no.",
      "Translate the texts by `values`, such as `{column: stock, values: {\"ja\": \"yes\"}}`."),
  OUT_OF_RANGE(
      "A value cannot be true: a negative price or trend value, a negative revenue of units that"
          + " were not returned, a number too large, a date before 1990, or an observed day after"
          + " the pull (else the ingest).",
      "Look at the record: placeholders and corrections are left out by a filter such as `keep_above: 0`; a wrong order of day and month is a matter of `format`."),
  UNKNOWN_MARKET(
      "The market is not among the configured markets.",
      "Add the market to `markets`, translate its name by `values`, or leave it out by a filter."),
  DUPLICATE_KEY(
      "Another record describes the same thing as known at the same time: the same product of a"
          + " catalogue, or the same value of a trend series in one pull. The first is kept.",
      "Take the second file or line out, set `deduplicate: true` for equal lines, or `sum_repeated: true` where a trend has several counts a day.");

  private final String meaning;
  private final String remedy;

  RejectReason(String meaning, String remedy) {
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /** As {@code quality.rejects} stores it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In a sentence. */
  public String meaning() {
    return meaning;
  }

  /** What to do about it, in a sentence. */
  public String remedy() {
    return remedy;
  }

  /** Reads what {@link #code} writes. */
  public static RejectReason ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
