package io.trendflow.jobs;

import io.trendflow.features.FeatureSpec;
import io.trendflow.jobs.config.SpellingHint;
import java.util.List;
import java.util.regex.Pattern;

/** Removes the features that a configuration excludes. */
final class ExcludedFeatures {
  private ExcludedFeatures() {}

  /**
   * Returns the features that no pattern matches.
   *
   * @param key {@code train.leave_out} or {@code train.ablation}
   * @param patterns names, in which {@code *} matches any letters
   * @throws IllegalArgumentException if a pattern matches no feature, or no feature is left
   */
  static List<FeatureSpec> remove(String key, List<FeatureSpec> features, List<String> patterns) {
    List<FeatureSpec> left = features;
    for (String pattern : patterns) {
      Pattern named = Pattern.compile(("\\Q" + pattern + "\\E").replace("*", "\\E.*\\Q"));
      if (features.stream().noneMatch(feature -> named.matcher(feature.name()).matches())) {
        throw unknown(key, pattern, features);
      }
      left = left.stream().filter(feature -> !named.matcher(feature.name()).matches()).toList();
    }
    if (left.isEmpty()) {
      throw new IllegalArgumentException(key + " excludes every feature: keep at least one.");
    }
    return left;
  }

  private static IllegalArgumentException unknown(
      String key, String pattern, List<FeatureSpec> features) {
    String hint =
        SpellingHint.closest(pattern, features.stream().map(FeatureSpec::name).toList())
            .map(name -> "did you mean " + name + "?")
            .orElse("docs/feature-catalog.md lists the features.");
    return new IllegalArgumentException(
        "%s contains %s, which matches no feature: %s".formatted(key, pattern, hint));
  }
}
