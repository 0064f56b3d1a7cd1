package io.trendflow.ingestion.raw;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A file that a source's glob matches.
 *
 * @param file path below {@code raw.path}
 * @param location its full path
 * @param bytes size as stored
 * @param sha256 hash of the stored bytes, in hexadecimal
 * @param pull when it was pulled; null when no folder tells
 */
public record RawFile(
    String source, String file, String location, long bytes, String sha256, @Nullable PullTime pull)
    implements Serializable {

  /** How sentences name it. */
  public String label() {
    return file + " (source " + source + ")";
  }
}
