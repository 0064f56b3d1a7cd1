package io.trendflow.jobs.config;

import io.trendflow.schemas.Sha256;

/** Ids that are hashes of what went in, so that the same input gives the same id. */
public final class ContentIds {
  private ContentIds() {}

  /**
   * Hashes values in their order: texts, numbers, dates, enums, records, and lists and maps of
   * them. A map's order doesn't count; a {@code Set} has none to rely on, so give it as a sorted
   * list.
   *
   * @return the first 16 hexadecimal digits of the SHA-256 of the values as JSON
   */
  public static String hash(Object... values) {
    return Sha256.shortId(RecordJson.line(values));
  }
}
