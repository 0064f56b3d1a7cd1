package io.trendflow.model;

import io.trendflow.schemas.FeatureFamily;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Input of the model and the encoding of its values.
 *
 * @param name column of the feature rows
 * @param kind whether it is a number or a category
 * @param family family by which contributions are summed up
 * @param unit unit of the number, such as {@code log(1 + units)}; null for a category, and in a
 *     model that was trained before features had units
 * @param categories categories that have their own index, which is their position; every other
 *     text, and a missing one, is {@code other}, whose index is the number of categories; empty for
 *     a number
 */
public record InputFeature(
    String name, Kind kind, FeatureFamily family, @Nullable String unit, List<String> categories)
    implements Serializable {

  /** Encoding of the values. */
  public enum Kind {
    NUMERIC,
    CATEGORICAL
  }

  public InputFeature {
    categories = List.copyOf(categories);
    if (kind == Kind.NUMERIC && !categories.isEmpty()) {
      throw new IllegalArgumentException(
          "feature " + name + " is numeric: it cannot have the categories " + categories);
    }
    if (new HashSet<>(categories).size() < categories.size()) {
      throw new IllegalArgumentException(
          "feature " + name + " has a duplicate category in " + categories);
    }
  }

  /** Returns a numeric feature. */
  public static InputFeature numeric(String name, FeatureFamily family, String unit) {
    return new InputFeature(name, Kind.NUMERIC, family, unit, List.of());
  }

  /** Returns a categorical feature. */
  public static InputFeature categorical(
      String name, FeatureFamily family, List<String> categories) {
    return new InputFeature(name, Kind.CATEGORICAL, family, null, categories);
  }

  /** Returns the unit in which people count the feature. */
  public NaturalUnit naturalUnit() {
    return NaturalUnit.of(unit);
  }
}
