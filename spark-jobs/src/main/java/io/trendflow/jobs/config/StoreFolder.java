package io.trendflow.jobs.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Folder of any Hadoop file system.
 *
 * @param path local, or with a scheme such as {@code gs://}
 */
public record StoreFolder(@JsonProperty(required = true) String path) {
  public StoreFolder {
    KeyValidation.that(!path.isBlank(), "path is empty: set it to a folder.");
  }
}
