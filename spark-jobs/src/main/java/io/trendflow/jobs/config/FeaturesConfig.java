package io.trendflow.jobs.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the features.
 *
 * @param attributes attributes of the catalogue that become categorical features
 * @param keywordConfidence minimum confidence of the keywords whose trends become features
 * @param keywordReview file with people's decisions on keywords, on any Hadoop file system; null if
 *     there is none
 */
public record FeaturesConfig(
    @JsonProperty(required = true) List<String> attributes,
    double keywordConfidence,
    @Nullable String keywordReview) {
  public FeaturesConfig {
    attributes = List.copyOf(attributes);
    KeyValidation.distinct("attributes", attributes);
    KeyValidation.fraction("keyword_confidence", keywordConfidence);
    KeyValidation.that(
        keywordReview == null || !keywordReview.isBlank(),
        "keyword_review is empty: set it to a file or remove the key.");
  }
}
