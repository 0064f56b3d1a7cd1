package io.trendflow.ingestion.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Scale of the values of a trends source over its pulls. */
public enum PullScale {
  /** Each pull scales its values anew, so that a feature uses the values of one pull. */
  @JsonProperty("one")
  ONE,
  /** All pulls have the same scale, so that the latest known value of each day counts. */
  @JsonProperty("comparable")
  COMPARABLE
}
