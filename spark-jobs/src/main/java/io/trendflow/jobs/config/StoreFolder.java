package io.trendflow.jobs.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A folder of any Hadoop file system.
 *
 * @param path local, or with a scheme such as {@code gs://}
 */
public record StoreFolder(@JsonProperty(required = true) String path) {
  public StoreFolder {
    KeyValidation.that(!path.isBlank(), "path is empty, but must name a folder.");
  }
}
