package io.trendflow.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 digests, which identify files, records, keys and batches by their content. */
public final class Sha256 {
  private static final int ID_DIGITS = 16;

  private Sha256() {}

  /** Returns a new digest, for content that comes in pieces. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform does not support SHA-256", e);
    }
  }

  /** Returns the digest in 64 hexadecimal digits and resets it. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns the digest of a text in UTF-8, in 64 hexadecimal digits. */
  public static String hex(String text) {
    MessageDigest digest = digest();
    digest.update(text.getBytes(UTF_8));
    return hex(digest);
  }

  /** Returns the first 16 hexadecimal digits of the digest of a text in UTF-8. */
  public static String shortId(String text) {
    return hex(text).substring(0, ID_DIGITS);
  }

  /** Returns the first 16 hexadecimal digits of the digest of parts, which may hold any text. */
  public static String shortId(List<String> parts) {
    MessageDigest digest = digest();
    for (String part : parts) {
      byte[] bytes = part.getBytes(UTF_8);
      digest.update((bytes.length + ":").getBytes(UTF_8));
      digest.update(bytes);
    }
    return hex(digest).substring(0, ID_DIGITS);
  }
}
