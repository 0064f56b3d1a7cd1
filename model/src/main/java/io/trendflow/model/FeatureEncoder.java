package io.trendflow.model;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encodes feature values as the numbers that the trees compare. */
public final class FeatureEncoder implements Serializable {
  /** Code of a missing number, far below the range of every feature. */
  public static final double MISSING = -1e9;

  private final List<InputFeature> features;
  private final double missing;
  private final List<Map<String, Integer>> indexes;

  /**
   * Creates an encoder.
   *
   * @param missing code of a missing number, negative
   */
  public FeatureEncoder(List<InputFeature> features, double missing) {
    this.features = features;
    this.missing = missing;
    this.indexes = features.stream().map(FeatureEncoder::index).toList();
  }

  /**
   * Returns the encoded numbers of one row.
   *
   * @param values one value per feature, in the order of the features: a number, a text or null
   */
  public double[] encode(List<? extends @Nullable Object> values) {
    double[] encoded = new double[values.size()];
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = encode(i, values.get(i));
    }
    return encoded;
  }

  /**
   * Returns the encoded number of one value. A number is rounded to a float, because sums of the
   * same numbers in another order must be equal for the trees, and is limited to half of {@code
   * missing} on either side, because it must never equal {@code missing}. Null and NaN are missing.
   *
   * @param feature position of the feature
   * @throws IllegalArgumentException if a number is given for a category or a text for a number
   */
  public double encode(int feature, @Nullable Object value) {
    if (features.get(feature).kind() == InputFeature.Kind.CATEGORICAL) {
      return category(feature, value);
    }
    if (value == null) {
      return missing;
    }
    if (value instanceof Number number) {
      float x = number.floatValue();
      return Float.isNaN(x) ? missing : Math.max(missing / 2, Math.min(-missing / 2, x));
    }
    throw wrongType(feature, value);
  }

  private double category(int feature, @Nullable Object value) {
    Map<String, Integer> index = indexes.get(feature);
    if (value == null) {
      return index.size();
    }
    if (value instanceof String text) {
      return index.getOrDefault(text, index.size());
    }
    throw wrongType(feature, value);
  }

  private IllegalArgumentException wrongType(int feature, Object value) {
    InputFeature input = features.get(feature);
    return new IllegalArgumentException(
        "feature %s is %s in the model, but the rows have %s: score with the features that the model was trained on"
            .formatted(input.name(), input.kind(), value.getClass().getSimpleName()));
  }

  private static Map<String, Integer> index(InputFeature feature) {
    Map<String, Integer> index = new HashMap<>();
    feature.categories().forEach(category -> index.put(category, index.size()));
    return index;
  }
}
