package io.trendflow.features;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The keywords whose trends may tell of a product: those that the catalogue declares, else its
 * name, brand and category as they are. The confidences only order the ways of matching.
 */
final class KeywordCandidates {
  static final StructType SCHEMA =
      new StructType()
          .add("keyword", DataTypes.StringType, false)
          .add("confidence", DataTypes.DoubleType, false)
          .add("matched_by", DataTypes.StringType, false);

  private static final double DECLARED = 1.0;
  private static final double NAME = 0.9;
  private static final double BRAND = 0.5;
  private static final double CATEGORY = 0.4;

  private KeywordCandidates() {}

  static List<Row> of(CatalogEntry entry) {
    Map<String, Row> candidates = new LinkedHashMap<>();
    entry.keywords().forEach(keyword -> add(candidates, keyword, DECLARED, "declared"));
    if (candidates.isEmpty()) {
      add(candidates, entry.name(), NAME, "name");
      add(candidates, entry.brand(), BRAND, "brand");
      add(candidates, entry.category(), CATEGORY, "category");
    }
    return List.copyOf(candidates.values());
  }

  private static void add(
      Map<String, Row> to, @Nullable String keyword, double confidence, String matchedBy) {
    if (keyword != null && !keyword.isBlank()) {
      String normalised = keyword.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
      to.putIfAbsent(normalised, RowFactory.create(normalised, confidence, matchedBy));
    }
  }
}
