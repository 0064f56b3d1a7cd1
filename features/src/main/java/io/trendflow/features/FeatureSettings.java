package io.trendflow.features;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of a shop that its features depend on besides its data.
 *
 * @param horizonDays length of the horizon, in days
 * @param trendGeos places whose trends count in each market; an empty list means every place
 * @param countries country of each market whose country is known, an ISO 3166 code, for its
 *     holidays
 * @param attributes catalogue attributes that become categorical features
 * @param cadences days that each source may be silent, {@link #DEFAULT_CADENCE} for a source that
 *     is absent; a longer silence is a hole
 * @param keywordConfidence least confidence of the keywords whose trends become features, in [0, 1]
 * @param decisions decisions on the keywords of products, at most one for each market, product and
 *     keyword
 */
public record FeatureSettings(
    int horizonDays,
    Map<String, List<String>> trendGeos,
    Map<String, String> countries,
    List<String> attributes,
    Map<String, Integer> cadences,
    double keywordConfidence,
    List<KeywordDecision> decisions)
    implements Serializable {
  /** Default cadence in days; a shop may close over Christmas. */
  public static final int DEFAULT_CADENCE = 14;

  public FeatureSettings {
    if (horizonDays < 1) {
      throw new IllegalArgumentException(
          "horizon_days is " + horizonDays + ": it must be at least 1");
    }
    if (trendGeos.isEmpty()) {
      throw new IllegalArgumentException("no market is configured: add at least one market");
    }
    trendGeos = new TreeMap<>(trendGeos);
    countries = new TreeMap<>(countries);
    attributes = List.copyOf(attributes);
    cadences = Map.copyOf(cadences);
    decisions = List.copyOf(decisions);
  }

  /** Returns these settings with another horizon. */
  public FeatureSettings ofHorizon(int days) {
    return new FeatureSettings(
        days, trendGeos, countries, attributes, cadences, keywordConfidence, decisions);
  }

  /** Returns the days that the source may be silent. */
  int cadenceDays(String source) {
    return cadences.getOrDefault(source, DEFAULT_CADENCE);
  }
}
