package io.trendflow.examples;

import static io.trendflow.examples.DirtKind.Outcome.ACCEPTED;
import static io.trendflow.examples.DirtKind.Outcome.EXCLUDED;
import static io.trendflow.examples.DirtKind.Outcome.REJECTED;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Oddity of a record, and what a careful reader does with it. */
enum DirtKind {
  UNPARSABLE_DATE(REJECTED, row -> row.with("ordered_at", time -> "31.13." + time.substring(0, 4))),
  TEXT_QUANTITY(REJECTED, row -> row.with("quantity", quantity -> "two")),
  MISSING_SKU(REJECTED, row -> row.with("sku", sku -> "")),
  SHORT_ROW(REJECTED, row -> row.first(4)),
  MISSING_PRICE(EXCLUDED, row -> row.with("unit_price", price -> "")),
  ZERO_PRICE(EXCLUDED, row -> row.with("unit_price", price -> "0.00")),
  NEGATIVE_PRICE(EXCLUDED, row -> row.with("unit_price", price -> "-" + price)),
  TEST_ORDER(EXCLUDED, row -> row.with("sku", sku -> "TEST-" + sku).with("title", title -> "Test")),
  POSTAGE(EXCLUDED, row -> row.with("sku", sku -> "POST").with("title", title -> "Postage")),
  DUPLICATE(EXCLUDED, row -> row),
  TITLE_WITH_COMMA(ACCEPTED, row -> row.with("title", title -> title + ", boxed")),
  TITLE_WITH_QUOTES(ACCEPTED, row -> row.with("title", title -> "\"Gift\" " + title)),
  TITLE_WITH_NEWLINE(ACCEPTED, row -> row.with("title", title -> title + "\n(new)")),
  UNICODE_TITLE(ACCEPTED, row -> row.with("title", title -> title + " édition d’été ☀")),
  SURROUNDING_BLANKS(
      ACCEPTED, row -> row.with("sku", DirtKind::padded).with("quantity", DirtKind::padded)),
  LOWER_CASE_SKU(ACCEPTED, row -> row.with("sku", sku -> sku.toLowerCase(Locale.ROOT))),
  /**
   * Google Trends' notation for values above 0 that round to 0. Planted only in series of decoys.
   */
  LESS_THAN_ONE(ACCEPTED, row -> row.with("value", value -> "<1"));

  /** Outcome of a record in ingestion with the example's configuration. */
  enum Outcome {
    /** Defect: rejected with a reason. */
    REJECTED,
    /** Not a sale of a product: excluded by a rule of the configuration. */
    EXCLUDED,
    /** Harmless if read correctly. */
    ACCEPTED
  }

  final Outcome outcome;
  private final UnaryOperator<CsvRow> soil;

  DirtKind(Outcome outcome, UnaryOperator<CsvRow> soil) {
    this.outcome = outcome;
    this.soil = soil;
  }

  static List<DirtKind> ofOrders() {
    return Arrays.stream(values()).filter(kind -> kind != LESS_THAN_ONE).toList();
  }

  static List<DirtKind> ofCatalogue() {
    return List.of(TITLE_WITH_COMMA, TITLE_WITH_QUOTES, TITLE_WITH_NEWLINE, UNICODE_TITLE);
  }

  CsvRow soiled(CsvRow row) {
    return soil.apply(row);
  }

  /**
   * Returns whether the odd record is added to the clean one. Excluded records never replace a real
   * sale; therefore the units to be found equal the planted units.
   */
  boolean isAdded() {
    return outcome != ACCEPTED;
  }

  /** Returns the name in the files. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String padded(String value) {
    return "  " + value + " ";
  }
}
