package io.trendflow.jobs.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What is scored.
 *
 * @param lifecycles the lifecycles that are trained on and scored
 * @param allowStale whether to score although sales end more than 2 days before as_of
 */
public record ScoreConfig(
    @JsonProperty(required = true) List<String> lifecycles, boolean allowStale) {
  private static final List<String> SCORED = List.of("launch", "delayed", "new", "established");

  public ScoreConfig {
    lifecycles = List.copyOf(lifecycles);
    KeyValidation.that(
        !lifecycles.isEmpty(), "lifecycles is empty, but must name some of " + SCORED + ".");
    lifecycles.forEach(lifecycle -> KeyValidation.oneOf("lifecycles", lifecycle, SCORED));
    KeyValidation.distinct("lifecycles", lifecycles);
  }
}
