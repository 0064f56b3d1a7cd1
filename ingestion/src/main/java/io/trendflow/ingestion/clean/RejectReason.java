package io.trendflow.ingestion.clean;

import java.util.Locale;

/**
 * Reason why a record is rejected. {@code docs/reject-codes.md} lists the same codes and meanings.
 */
public enum RejectReason {
  COLUMN_COUNT(
      "The record has more or fewer fields than the header.",
      "Look at the record: a separator or a line break inside a field needs quotes; a file of another shape needs a source of its own."),
  MISSING_VALUE(
      "A field that every record of the kind needs is empty.",
      "Map the field to a column that always has a value, or exclude such records with a filter."),
  BAD_DATE(
      "The text of a date does not have the configured format or is not a valid date.",
      "Give the column its `format`, such as `{column: day, format: \"dd/MM/yyyy\"}`."),
  BAD_NUMBER(
      "The text of a number field is not a number, for example `1,5`, `NaN` or `12 GBP`.",
      "Give the column its `decimal` and `group`, or an `extract` that finds the number in the text."),
  BAD_TEXT(
      "The text does not match the regular expression `extract`, an id contains a zero character, or the scope or kind of a"
          + " calendar entry is not one of the allowed words.",
      "Widen the `extract` of the column, translate the words with `values`, or exclude such records with a filter."),
  BAD_BOOLEAN(
      "The text of in_stock is not a boolean such as `yes`, `no`, `true` or `false`.",
      "Translate the texts with `values`, such as `{column: stock, values: {\"ja\": \"yes\"}}`."),
  OUT_OF_RANGE(
      "A value is not possible: a negative price, cost, stock level or trend value, a minimum order"
          + " or a pack that is not a whole number from 1 on, a negative revenue of units that"
          + " were not returned, a number that is too large, a depth of a promotion that is not below 1,"
          + " a date before 1990, or an observed day"
          + " after the pull (without pull folder, after the ingest).",
      "Look at the record: exclude placeholders and corrections with a filter such as `keep_above: 0`; write 20 % off as 0.2; if day and month are swapped, correct the `format`."),
  ENDS_BEFORE_START(
      "A calendar entry ends before it begins.",
      "Look at the record: if day and month are swapped, correct the `format` of both dates."),
  UNKNOWN_MARKET(
      "The market is not one of the configured markets.",
      "Add the market to `markets`, translate its name with `values`, or exclude it with a filter."),
  DUPLICATE_KEY(
      "Another record has the same key and the same `available_at`: the same product of a"
          + " catalogue, the same day of a trend series or of a product's stock in one pull, or two"
          + " calendar entries that begin together. The first record is kept.",
      "Remove the second file or line, set `deduplicate: true` for identical lines, or `sum_repeated: true` if a trend has several counts, or a product's stock several places, a day.");

  private final String meaning;
  private final String remedy;

  RejectReason(String meaning, String remedy) {
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /** Returns the code in {@code quality.rejects}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the meaning in a sentence. */
  public String meaning() {
    return meaning;
  }

  /** Returns what to do about the reason, in a sentence. */
  public String remedy() {
    return remedy;
  }

  /** Returns the reason with a code. */
  public static RejectReason ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
