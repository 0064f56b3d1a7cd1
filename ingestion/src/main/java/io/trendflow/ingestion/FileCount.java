package io.trendflow.ingestion;

import io.trendflow.ingestion.raw.RawFile;
import java.io.Serializable;

/** Counts of the records of a file by outcome: read = accepted + excluded + rejected. */
public record FileCount(RawFile file, long read, long accepted, long excluded, long rejected)
    implements Serializable {
  public FileCount {
    if (read != accepted + excluded + rejected) {
      throw new IllegalStateException(
          "%s: %d records read, but %d accepted + %d excluded + %d rejected"
              .formatted(file.file(), read, accepted, excluded, rejected));
    }
  }
}
