package io.trendflow.features;

import java.io.Serializable;

/**
 * What a column of the feature rows means to the model.
 *
 * @param name the column
 * @param unit unit of a number, empty for a category
 */
public record FeatureSpec(String name, Kind kind, String unit, String description)
    implements Serializable {

  /** How the model reads a feature. */
  public enum Kind {
    NUMERIC,
    CATEGORICAL
  }
}
