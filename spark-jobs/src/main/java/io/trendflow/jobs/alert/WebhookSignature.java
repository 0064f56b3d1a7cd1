package io.trendflow.jobs.alert;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature of a message in the form of Standard Webhooks (standardwebhooks.com, version 1):
 * HMAC-SHA256 of id, timestamp and body.
 */
final class WebhookSignature {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";

  private WebhookSignature() {}

  /**
   * Returns the value of the header {@code webhook-signature}.
   *
   * @param secret the key as base64, with or without the prefix {@code whsec_}
   * @param timestamp seconds since 1970, as in the header {@code webhook-timestamp}
   * @throws IllegalArgumentException if the key is not base64; the message does not have it
   */
  static String of(String secret, String id, long timestamp, String body) {
    byte[] key = key(secret);
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      byte[] signed = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] key(String secret) {
    byte[] key;
    try {
      key =
          Base64.getDecoder()
              .decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
    } catch (IllegalArgumentException e) {
      // The cause has characters of the key.
      key = new byte[0];
    }
    if (key.length < 16) {
      throw new IllegalArgumentException(
          "secret is not a key: use at least 16 random bytes as base64, for example from openssl"
              + " rand -base64 32.");
    }
    return key;
  }
}
