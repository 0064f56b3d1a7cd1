package io.trendflow.jobs.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trendflow.history.Lifecycle;
import java.util.List;

/**
 * Settings of the scoring.
 *
 * @param lifecycles the lifecycles that are trained on and scored
 * @param allowStale whether to score although sales end more than 2 days before as_of
 */
public record ScoreConfig(
    @JsonProperty(required = true) List<String> lifecycles, boolean allowStale) {
  public ScoreConfig {
    lifecycles = List.copyOf(lifecycles);
    KeyValidation.that(
        !lifecycles.isEmpty(),
        "lifecycles is empty: name at least one of " + Lifecycle.SCORED + ".");
    lifecycles.forEach(lifecycle -> KeyValidation.oneOf("lifecycles", lifecycle, Lifecycle.SCORED));
    KeyValidation.distinct("lifecycles", lifecycles);
  }
}
