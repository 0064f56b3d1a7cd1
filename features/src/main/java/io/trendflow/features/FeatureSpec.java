package io.trendflow.features;

import io.trendflow.schemas.FeatureFamily;
import java.io.Serializable;

/**
 * Input of the model: a column of the feature rows.
 *
 * @param family family by which contributions are summed up; the series of a row decides whether a
 *     trend feature counts as any family of trends
 * @param unit unit of the number, such as {@code log(1 + units)}; {@code text} for a category
 * @param description meaning of the feature, for the feature catalogue
 */
public record FeatureSpec(
    String name, Kind kind, FeatureFamily family, String unit, String description)
    implements Serializable {

  /** Numeric, or a text with few values. Both may be missing. */
  public enum Kind {
    NUMERIC,
    CATEGORICAL
  }

  static FeatureSpec numeric(String name, FeatureFamily family, String unit, String description) {
    return new FeatureSpec(name, Kind.NUMERIC, family, unit, description);
  }

  static FeatureSpec categorical(String name, String description) {
    return new FeatureSpec(name, Kind.CATEGORICAL, FeatureFamily.PRODUCT, "text", description);
  }
}
