package io.trendflow.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A folder of any Hadoop file system.
 *
 * @param path local, or with a scheme such as {@code gs://}
 */
public record Folder(@JsonProperty(required = true) String path) {
  public Folder {
    Check.that(!path.isBlank(), "path is empty, but must name a folder.");
  }
}
