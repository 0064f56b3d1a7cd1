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
 * @param cadences for a source the days that it may be silent, {@link #DEFAULT_CADENCE} where it
 *     has none; a longer silence is a hole
 * @param keywordConfidence least confidence of the keywords whose trends become features, in [0, 1]
 * @param decisions what people decided on the keywords of products, no two on the same
 */
public record FeatureSettings(
    int horizonDays,
    Map<String, List<String>> trendGeos,
    List<String> attributes,
    Map<String, Integer> cadences,
    double keywordConfidence,
    List<KeywordDecision> decisions)
    implements Serializable {
  /** Days; a shop may close over Christmas. */
  public static final int DEFAULT_CADENCE = 14;

  public FeatureSettings {
    if (horizonDays < 1) {
      throw new IllegalArgumentException("horizon_days is " + horizonDays + ": give at least 1");
    }
    if (trendGeos.isEmpty()) {
      throw new IllegalArgumentException("no market is configured: list at least one");
    }
    trendGeos = new TreeMap<>(trendGeos);
    attributes = List.copyOf(attributes);
    cadences = Map.copyOf(cadences);
    decisions = List.copyOf(decisions);
  }

  /** Days that the source may be silent. */
  int cadenceDays(String source) {
    return cadences.getOrDefault(source, DEFAULT_CADENCE);
  }
}
