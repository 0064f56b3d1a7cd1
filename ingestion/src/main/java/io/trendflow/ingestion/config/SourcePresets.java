package io.trendflow.ingestion.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Ready-made configurations of sources for common exports. */
public final class SourcePresets {
  private static final List<String> NAMES =
      List.of(
          "best-sellers-transfer",
          "ga4-items",
          "google-trends",
          "google-trends-terms",
          "google-trends-widget",
          "merchant-best-sellers",
          "merchant-center",
          "search-console",
          "serpapi",
          "shopify-inventory",
          "shopify-orders",
          "shopify-orders-api",
          "shopify-products",
          "shopify-products-api",
          "shopify-refunds-api",
          "shopify-stock-api",
          "stock-levels",
          "tiktok-creative-center",
          "tiktok-creative-center-api",
          "tiktok-research",
          "woocommerce-orders-api",
          "woocommerce-products",
          "woocommerce-products-api",
          "woocommerce-refunds-api",
          "woocommerce-stock");

  private SourcePresets() {}

  /** Returns the names of the presets, sorted. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Returns the keys of a source, in YAML.
   *
   * @throws IllegalArgumentException if there is no such preset; the message names all presets
   */
  public static String yaml(String name) {
    ConfigValidation.that(
        NAMES.contains(name), "preset is `" + name + "`: use one of " + NAMES + ".");
    try (InputStream in = SourcePresets.class.getResourceAsStream("presets/" + name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("preset " + name + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
