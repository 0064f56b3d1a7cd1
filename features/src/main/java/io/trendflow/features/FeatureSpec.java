package io.trendflow.features;

import java.io.Serializable;

/**
 * Input of the model: a column of the feature rows.
 *
 * @param unit unit of the number, such as {@code log(1 + units)}; {@code text} for a category
 * @param description meaning of the feature, for the feature catalogue
 */
public record FeatureSpec(String name, Kind kind, String unit, String description)
    implements Serializable {

  /** Numeric, or a text with few values. Both may be missing. */
  public enum Kind {
    NUMERIC,
    CATEGORICAL
  }

  static FeatureSpec numeric(String name, String unit, String description) {
    return new FeatureSpec(name, Kind.NUMERIC, unit, description);
  }

  static FeatureSpec categorical(String name, String description) {
    return new FeatureSpec(name, Kind.CATEGORICAL, "text", description);
  }
}
