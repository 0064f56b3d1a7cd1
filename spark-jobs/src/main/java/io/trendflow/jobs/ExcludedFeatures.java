package io.trendflow.jobs;

import io.trendflow.features.FeatureSpec;
import io.trendflow.jobs.config.SpellingHint;
import java.util.List;
import java.util.regex.Pattern;

/** The features that a configuration keeps from the model. */
final class ExcludedFeatures {
  private ExcludedFeatures() {}

  /**
   * The features without those that a key names.
   *
   * @param key {@code train.leave_out} or {@code train.ablation}
   * @param patterns names, in which {@code *} stands for any letters
   * @throws IllegalArgumentException if one names no feature, or none is left
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
      throw new IllegalArgumentException(key + " leaves no feature to learn from.");
    }
    return left;
  }

  private static IllegalArgumentException unknown(
      String key, String pattern, List<FeatureSpec> features) {
    String hint =
        SpellingHint.closest(pattern, features.stream().map(FeatureSpec::name).toList())
            .map(name -> "did you mean " + name + "?")
            .orElse("docs/feature-catalog.md lists them.");
    return new IllegalArgumentException(
        "%s has %s, but there is no such feature; %s".formatted(key, pattern, hint));
  }
}
