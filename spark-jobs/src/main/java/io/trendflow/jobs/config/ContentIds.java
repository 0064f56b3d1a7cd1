package io.trendflow.jobs.config;

import io.trendflow.schemas.Sha256;

/** Ids that are hashes of a batch's inputs: the same inputs have the same id. */
public final class ContentIds {
  private ContentIds() {}

  /**
   * Hashes values in their order: texts, numbers, dates, enums, records, and lists and maps of
   * these. A map's order doesn't count. A {@code Set} has no reliable order: pass a sorted list
   * instead.
   *
   * @return the first 16 hexadecimal digits of the SHA-256 of the values as JSON
   */
  public static String hash(Object... values) {
    return Sha256.shortId(RecordJson.line(values));
  }
}
