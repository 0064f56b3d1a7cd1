package io.trendflow.ingestion.init;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** Writes filters that the values of a sales source suggest, each with its reason. */
final class DraftFilters {
  private DraftFilters() {}

  static void write(DraftSource source, Consumer<String> line) {
    List<String> lines = new ArrayList<>();
    boolean active = prices(source, lines) || !source.filters().isEmpty();
    lines.addAll(source.filters().lines());
    returns(source, lines);
    codes(source, lines);
    if (!lines.isEmpty()) {
      line.accept(
          active
              ? "    filters:"
              : "    # Filters to consider; to use one, also uncomment this line:");
      if (!active) {
        line.accept("    # filters:");
      }
      lines.forEach(line);
    }
  }

  private static void returns(DraftSource source, List<String> lines) {
    ColumnSample units = source.mapping().columns().get("units");
    long negative = count(units, number -> number < 0);
    if (units != null && negative > 0) {
      lines.add(
          "      # "
              + ColumnSample.share(negative, units.values().size())
              + " of the units are negative; they count as returns. To exclude them:");
      lines.add(
          "      # - {rule: not_a_sale, column: "
              + YamlText.yaml(units.name())
              + ", keep_above: 0}");
    }
  }

  /**
   * Adds filters of prices, and returns whether one is active: negative prices would otherwise be
   * rejected in every ingest.
   */
  private static boolean prices(DraftSource source, List<String> lines) {
    ColumnSample price = source.mapping().columns().get("unit_price");
    long negative = count(price, number -> number < 0);
    long zero = count(price, number -> number == 0);
    if (price == null || negative + zero == 0) {
      return false;
    }
    String rule = "- {rule: no_price, column: " + YamlText.yaml(price.name()) + ", keep_above: 0}";
    if (negative > 0) {
      lines.add(
          "      # "
              + negative
              + " prices are negative, and "
              + zero
              + " are zero: these records are not sales of a product.");
      lines.add("      " + rule);
      return true;
    }
    lines.add(
        "      # "
            + ColumnSample.share(zero, price.values().size())
            + " of the prices are zero; they count as units without revenue. To exclude them:");
    lines.add("      # " + rule);
    return false;
  }

  /**
   * Adds a filter of ids without a digit, such as postage and vouchers, if most product ids have
   * digits.
   */
  private static void codes(DraftSource source, List<String> lines) {
    ColumnSample product = source.mapping().columns().get("product_id");
    if (product == null) {
      return;
    }
    List<String> words =
        product.distinct().stream().filter(text -> !text.matches(".*\\d.*")).toList();
    if (!words.isEmpty() && 20 * words.size() < product.distinct().size()) {
      String some = String.join(", ", words.stream().limit(5).map(YamlText::shortened).toList());
      lines.add(
          "      # Product ids without a digit may not be products ("
              + some
              + "). To exclude them:");
      lines.add(
          "      # - {rule: not_a_product, column: "
              + YamlText.yaml(product.name())
              + ", keep_matching: \".*[0-9].*\"}");
    }
  }

  private static long count(@Nullable ColumnSample column, DoublePredicate property) {
    return column == null ? 0 : column.count(property);
  }
}
