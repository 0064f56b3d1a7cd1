package io.trendflow.model;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An input of the model, and how its values become numbers.
 *
 * @param name column of the feature rows
 * @param kind whether it is a number or a category
 * @param unit what the number counts, such as {@code log(1 + units)}; null for a category, and in a
 *     model that was trained before features had units
 * @param categories the categories that have an index of their own, which is their position; every
 *     other text, and none, is {@code other}, whose index is the number of categories; empty for a
 *     number
 */
public record InputFeature(String name, Kind kind, @Nullable String unit, List<String> categories)
    implements Serializable {

  /** How values become numbers. */
  public enum Kind {
    NUMERIC,
    CATEGORICAL
  }

  public InputFeature {
    categories = List.copyOf(categories);
    if (kind == Kind.NUMERIC && !categories.isEmpty()) {
      throw new IllegalArgumentException(
          "feature " + name + " is a number, so it can't have the categories " + categories);
    }
    if (new HashSet<>(categories).size() < categories.size()) {
      throw new IllegalArgumentException(
          "feature " + name + " has a category twice among " + categories);
    }
  }

  /** A feature that is a number. */
  public static InputFeature numeric(String name, String unit) {
    return new InputFeature(name, Kind.NUMERIC, unit, List.of());
  }

  /** A feature that is a category. */
  public static InputFeature categorical(String name, List<String> categories) {
    return new InputFeature(name, Kind.CATEGORICAL, null, categories);
  }

  /** What people count it in. */
  public NaturalUnit naturalUnit() {
    return NaturalUnit.of(unit);
  }
}
