package io.trendflow.ingestion.init;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the preset for a file by columns or members that no other export has together. */
final class PresetShapes {
  private static final Map<String, List<String>> COLUMNS = new LinkedHashMap<>();
  private static final Map<String, String> MEMBERS = new LinkedHashMap<>();

  static {
    COLUMNS.put(
        "shopify-orders",
        List.of(
            "Name",
            "Created at",
            "Currency",
            "Financial Status",
            "Cancelled at",
            "Lineitem sku",
            "Lineitem name",
            "Lineitem quantity",
            "Lineitem price"));
    COLUMNS.put(
        "shopify-products",
        List.of("Handle", "Title", "Vendor", "Type", "Published", "Variant SKU", "Variant Price"));
    COLUMNS.put(
        "shopify-inventory", List.of("Handle", "Title", "SKU", "Location", "HS Code", "COO"));
    COLUMNS.put(
        "woocommerce-products",
        List.of(
            "ID",
            "SKU",
            "Name",
            "Published",
            "In stock?",
            "Sale price",
            "Regular price",
            "Categories"));
    COLUMNS.put("merchant-center", List.of("id", "title", "availability", "price"));
    COLUMNS.put(
        "tiktok-creative-center",
        List.of("hashtag_name", "crawl_date", "video_views", "publish_count"));
    MEMBERS.put("google-trends-widget", "/default/timelineData/0/value");
    MEMBERS.put("serpapi", "/interest_over_time/timeline_data/0/values");
    MEMBERS.put("merchant-best-sellers", "/results/0/bestSellersProductClusterView");
    MEMBERS.put("tiktok-research", "/data/videos/0/hashtag_names");
    MEMBERS.put("tiktok-creative-center-api", "/data/list/0/hashtag_name");
  }

  private PresetShapes() {}

  /** Returns the preset for a table with these columns; null if there is none. */
  static @Nullable String ofColumns(List<String> columns) {
    return first(COLUMNS, columns::containsAll);
  }

  /** Returns the preset for a JSON document; null if there is none. */
  static @Nullable String ofDocument(JsonNode document) {
    return first(MEMBERS, member -> !document.at(member).isMissingNode());
  }

  private static <T> @Nullable String first(Map<String, T> marks, Predicate<T> fits) {
    Optional<String> preset =
        marks.entrySet().stream()
            .filter(mark -> fits.test(mark.getValue()))
            .map(Map.Entry::getKey)
            .findFirst();
    return preset.orElse(null);
  }
}
