package io.trendflow.ingestion.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Rule of which pulls of a source are read. */
public enum ManifestRule {
  /** Every pull is read, with or without a manifest. */
  @JsonProperty("optional")
  OPTIONAL,
  /** Only a pull whose manifest names every file is read. */
  @JsonProperty("required")
  REQUIRED
}
