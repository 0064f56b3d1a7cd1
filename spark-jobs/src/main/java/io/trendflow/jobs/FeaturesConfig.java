package io.trendflow.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the features are made of.
 *
 * @param attributes attributes of the catalogue that become categorical features
 */
public record FeaturesConfig(@JsonProperty(required = true) List<String> attributes) {
  public FeaturesConfig {
    attributes = List.copyOf(attributes);
    Check.distinct("attributes", attributes);
  }
}
