package io.trendflow.jobs.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids that are hashes of what went in, so that the same input gives the same id. */
public final class ContentIds {
  private static final int BYTES = 8;

  private ContentIds() {}

  /**
   * Hashes values in their order: texts, numbers, dates, enums, records, and lists and maps of
   * them. A map's order doesn't count; a {@code Set} has none to rely on, so give it as a sorted
   * list.
   *
   * @return the first 16 hexadecimal digits of the SHA-256 of the values as JSON
   */
  public static String hash(Object... values) {
    byte[] text = RecordJson.line(values).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
