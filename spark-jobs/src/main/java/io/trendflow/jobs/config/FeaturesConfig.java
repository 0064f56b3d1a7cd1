package io.trendflow.jobs.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the features are made of.
 *
 * @param attributes attributes of the catalogue that become categorical features
 * @param keywordConfidence least confidence of the keywords whose trends become features
 * @param keywordReview the file with people's decisions on keywords, of any Hadoop file system;
 *     null without
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
        "keyword_review is empty, but must name a file: give it or leave the key out.");
  }
}
