package io.trendflow.ingestion.raw;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * File that a source's glob matches.
 *
 * @param file path below {@code raw.path}
 * @param location full path
 * @param bytes size as stored
 * @param sha256 hash of the stored bytes, in hexadecimal
 * @param pull time of the pull; null if the file is not in a pull folder
 */
public record RawFile(
    String source, String file, String location, long bytes, String sha256, @Nullable PullTime pull)
    implements Serializable {

  /** Returns the file's path and source, as messages name them. */
  public String label() {
    return file + " (source " + source + ")";
  }
}
