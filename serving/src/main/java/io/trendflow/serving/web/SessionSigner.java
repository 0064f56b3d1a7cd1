package io.trendflow.serving.web;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs the values of cookies and forms. The service stores none of them; they become invalid when
 * the secret changes, which happens at each start unless a secret is configured.
 */
@Singleton
public final class SessionSigner {
  public static final Duration LENGTH = Duration.ofHours(12);

  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
  private static final int LEAST_SECRET = 32;

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec secret;

  SessionSigner(@Value("${trendflow.session-secret:}") String configured) {
    if (!configured.isEmpty() && configured.length() < LEAST_SECRET) {
      throw new IllegalArgumentException(
          "trendflow.session-secret is shorter than "
              + LEAST_SECRET
              + " characters: set TRENDFLOW_SESSION_SECRET to a longer text.");
    }
    byte[] bytes = new byte[LEAST_SECRET];
    random.nextBytes(bytes);
    secret =
        new SecretKeySpec(
            configured.isEmpty() ? bytes : configured.getBytes(StandardCharsets.UTF_8),
            "HmacSHA256");
  }

  /** Returns the cookie of a session that a key opened. */
  public String open(String keyName, Instant now) {
    String content =
        TEXT.encodeToString(keyName.getBytes(StandardCharsets.UTF_8))
            + "."
            + now.plus(LENGTH).getEpochSecond();
    return content + "." + signature(content);
  }

  /**
   * Returns the name of the key that opened a session; empty if the session has expired or the
   * cookie is forged.
   */
  Optional<String> keyName(String cookie, Instant now) {
    List<String> parts = List.of(cookie.split("\\.", -1));
    if (parts.size() != 3 || !signed(parts.get(0) + "." + parts.get(1), parts.get(2))) {
      return Optional.empty();
    }
    return Long.parseLong(parts.get(1)) > now.getEpochSecond()
        ? Optional.of(
            new String(Base64.getUrlDecoder().decode(parts.get(0)), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /** Returns a random cookie value to which the token of a form is bound. */
  public String random() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return TEXT.encodeToString(bytes);
  }

  /** Returns the token that a form must send along with a cookie. Another site can't know it. */
  public String token(String cookie) {
    return signature("form " + cookie);
  }

  public boolean isToken(String cookie, String token) {
    return signed("form " + cookie, token);
  }

  private boolean signed(String content, String signature) {
    return MessageDigest.isEqual(
        signature(content).getBytes(StandardCharsets.UTF_8),
        signature.getBytes(StandardCharsets.UTF_8));
  }

  private String signature(String content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      return TEXT.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
