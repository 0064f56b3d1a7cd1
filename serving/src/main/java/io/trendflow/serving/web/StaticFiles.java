package io.trendflow.serving.web;

import io.trendflow.schemas.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Files of the pages. Their addresses have a hash of the content, so that a browser may keep a file
 * as long as it likes and gets a changed one at once.
 */
public final class StaticFiles {
  /** Name of the parameter with the hash. */
  static final String HASH = "v";

  private static final String FOLDER = "/static/";
  private static final int HASH_DIGITS = 16;
  private static final Map<String, String> HASHES = new ConcurrentHashMap<>();

  private StaticFiles() {}

  /**
   * Returns the URL of a file.
   *
   * @throws IllegalArgumentException if the file does not exist
   */
  public static String address(String name) {
    return FOLDER + name + "?" + HASH + "=" + HASHES.computeIfAbsent(name, StaticFiles::hash);
  }

  /** Returns whether a path and a hash are those of a file's current content. */
  static boolean isCurrent(String path, @Nullable String hash) {
    return hash != null
        && path.startsWith(FOLDER)
        && hash.equals(HASHES.get(path.substring(FOLDER.length())));
  }

  private static String hash(String name) {
    try (InputStream content = StaticFiles.class.getResourceAsStream(FOLDER + name)) {
      if (content == null) {
        throw new IllegalArgumentException(FOLDER + name + " does not exist");
      }
      MessageDigest digest = Sha256.digest();
      digest.update(content.readAllBytes());
      return Sha256.hex(digest).substring(0, HASH_DIGITS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
