package io.trendflow.ingestion.init;

import java.util.function.Consumer;

/** What a source with a preset still has to say. */
final class DraftPresets {
  private DraftPresets() {}

  static void write(DraftSource source, Consumer<String> line) {
    DraftFormats.of(source).ifPresent(format -> line.accept("    format: " + format));
    switch (String.valueOf(source.preset())) {
      case "google-trends" -> {
        ColumnSample geo = source.group().column("geo");
        if (geo == null || geo.texts().contains("")) {
          line.accept(
              "    # Some of the files name no place, which then is everywhere; this line says it for all:");
          line.accept("    # constants: {geo: GB}");
        }
      }
      case "google-trends-widget" -> {
        line.accept(
            "    # keyword: the file does not repeat its search term. Say it, and the place:");
        line.accept("    # constants: {keyword: running shoes, geo: GB}");
      }
      case "tiktok-creative-center-api" -> {
        line.accept(
            "    # The files have no date: put them into folders that tell when they were pulled,");
        line.accept("    # such as pulled_at=2024-05-31T06:00:00Z/. The place, if it is one:");
        line.accept("    # constants: {geo: GB}");
      }
      case "shopify-orders", "shopify-products", "woocommerce-products", "merchant-center" ->
          line.accept("    constants: {market: all}");
      default -> {
        // The preset says it all.
      }
    }
  }
}
