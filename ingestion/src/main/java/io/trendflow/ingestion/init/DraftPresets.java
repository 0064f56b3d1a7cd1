package io.trendflow.ingestion.init;

import java.util.function.Consumer;

/** Writes the keys that a source with a preset still needs. */
final class DraftPresets {
  private DraftPresets() {}

  static void write(DraftSource source, Consumer<String> line) {
    DraftFormats.of(source).ifPresent(format -> line.accept("    format: " + format));
    switch (String.valueOf(source.preset())) {
      case "google-trends" -> {
        ColumnSample geo = source.group().column("geo");
        if (geo == null || geo.texts().contains("")) {
          line.accept(
              "    # Some files name no place, which means everywhere. This line sets the place of all files:");
          line.accept("    # constants: {geo: GB}");
        }
      }
      case "google-trends-widget" -> {
        line.accept(
            "    # keyword: the file does not contain its search term. Add it, and the place:");
        line.accept("    # constants: {keyword: running shoes, geo: GB}");
      }
      case "tiktok-creative-center-api" -> {
        line.accept(
            "    # The files have no date: put them into folders with the time of their pull,");
        line.accept("    # such as pulled_at=2024-05-31T06:00:00Z/. If they are about one place:");
        line.accept("    # constants: {geo: GB}");
      }
      case "shopify-inventory" -> {
        line.accept(
            "    # The files have no date: put them into folders with the time of their export,");
        line.accept("    # such as pulled_at=2024-05-31T06:00:00Z/.");
        line.accept("    constants: {market: all}");
      }
      case "shopify-orders", "shopify-products", "woocommerce-products", "merchant-center" ->
          line.accept("    constants: {market: all}");
      default -> {
        // The preset needs no further keys.
      }
    }
  }
}
