package io.trendflow.features;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the features of a shop depend on besides its data.
 *
 * @param horizonDays days that are predicted
 * @param trendGeos every market, with the places whose trends count there; none means every place
 * @param attributes catalogue attributes that become categorical features
 */
public record FeatureSettings(
    int horizonDays, Map<String, List<String>> trendGeos, List<String> attributes)
    implements Serializable {

  public FeatureSettings {
    if (horizonDays < 1) {
      throw new IllegalArgumentException("horizon_days is " + horizonDays + ": give at least 1");
    }
    if (trendGeos.isEmpty()) {
      throw new IllegalArgumentException("no market is configured: list at least one");
    }
    trendGeos = new TreeMap<>(trendGeos);
    attributes = List.copyOf(attributes);
  }
}
