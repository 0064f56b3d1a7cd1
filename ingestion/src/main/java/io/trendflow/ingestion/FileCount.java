package io.trendflow.ingestion;

import java.io.Serializable;

/**
 * Counts of the records of a file by outcome: read = accepted + excluded + rejected.
 *
 * @param file path below {@code raw.path}
 */
public record FileCount(
    String source,
    String file,
    String sha256,
    long bytes,
    long read,
    long accepted,
    long excluded,
    long rejected)
    implements Serializable {
  public FileCount {
    if (read != accepted + excluded + rejected) {
      throw new IllegalStateException(
          "%s: %d records read, but %d accepted + %d excluded + %d rejected"
              .formatted(file, read, accepted, excluded, rejected));
    }
  }
}
