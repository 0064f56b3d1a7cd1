package io.trendflow.ingestion.raw;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * File that a source's glob matches.
 *
 * @param file path below {@code raw.path}
 * @param location full path
 * @param bytes size as stored
 * @param sha256 hash of the stored bytes, in hexadecimal
 * @param modifiedAt time of the last change by the listing; null if the file may have changed since
 * @param pull time of the pull; null if the file is not in a pull folder
 */
public record RawFile(
    String source,
    String file,
    String location,
    long bytes,
    String sha256,
    @Nullable Instant modifiedAt,
    @Nullable PullTime pull)
    implements Serializable {

  RawFile withHash(String hash) {
    return new RawFile(source, file, location, bytes, hash, modifiedAt, pull);
  }

  /** Returns what the listing tells about the file; null if it may have changed since. */
  public @Nullable FileVersion version() {
    return modifiedAt == null ? null : new FileVersion(file, bytes, modifiedAt);
  }

  /** Returns the file's path and source, as messages name them. */
  public String label() {
    return file + " (source " + source + ")";
  }
}
