package io.trendflow.training;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.trendflow.features.FeatureSpec;
import io.trendflow.model.InputFeature;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Chooses, from the examples alone, the categories that get their own index. */
final class CategoryFit {
  /** Fewest examples of a category; a category with fewer is {@code other}. */
  private static final int MIN_EXAMPLES = 20;

  private CategoryFit() {}

  /** Returns the model's inputs, with the most frequent categories of each categorical feature. */
  static List<InputFeature> fit(
      Dataset<Row> examples, List<FeatureSpec> features, int maxCategories) {
    Map<String, Map<String, Long>> counts = new HashMap<>();
    for (Row row : counts(examples, features)) {
      counts
          .computeIfAbsent(row.getString(0), name -> new HashMap<>())
          .put(row.getString(1), row.getLong(2));
    }
    return inputs(features, counts, maxCategories);
  }

  /**
   * Returns the model's inputs.
   *
   * @param counts number of examples of each category, by the name of its feature
   */
  static List<InputFeature> inputs(
      List<FeatureSpec> features, Map<String, Map<String, Long>> counts, int maxCategories) {
    return features.stream()
        .map(
            feature ->
                feature.kind() == FeatureSpec.Kind.NUMERIC
                    ? InputFeature.numeric(feature.name(), feature.family(), feature.unit())
                    : InputFeature.categorical(
                        feature.name(),
                        feature.family(),
                        frequent(counts.getOrDefault(feature.name(), Map.of()), maxCategories)))
        .toList();
  }

  private static List<Row> counts(Dataset<Row> examples, List<FeatureSpec> features) {
    Column[] values =
        features.stream()
            .filter(feature -> feature.kind() == FeatureSpec.Kind.CATEGORICAL)
            .map(f -> struct(lit(f.name()).as("feature"), col(f.name()).as("category")))
            .toArray(Column[]::new);
    if (values.length == 0) {
      return List.of();
    }
    return examples
        .select(explode(array(values)).as("value"))
        .filter(col("value.category").isNotNull())
        .groupBy("value.feature", "value.category")
        .count()
        .filter(col("count").geq(MIN_EXAMPLES))
        .collectAsList();
  }

  private static List<String> frequent(Map<String, Long> counts, int maxCategories) {
    return counts.entrySet().stream()
        .filter(category -> category.getValue() >= MIN_EXAMPLES)
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(maxCategories)
        .map(Map.Entry::getKey)
        .toList();
  }
}
