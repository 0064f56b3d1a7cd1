package io.trendflow.serving.web;

import at.favre.lib.hkdf.HKDF;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs the sessions of the dashboard and the tokens of its forms, each with a key of its own that
 * is derived from one secret (HKDF, RFC 5869). Only values that this class made itself are signed
 * for a page. The service stores no session; all become invalid when the secret changes, which
 * happens at each start unless a secret is configured.
 */
@Context
public final class SessionSigner {
  public static final Duration LENGTH = Duration.ofHours(12);

  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
  private static final int LEAST_SECRET = 32;
  private static final int MOST_REVOKED = 100_000;

  /** Name of the key, id of the session, its end in epoch seconds, signature. */
  private static final Pattern COOKIE =
      Pattern.compile(
          "([A-Za-z0-9_-]{1,200})\\.([A-Za-z0-9_-]{22})\\.([0-9]{1,12})\\.([A-Za-z0-9_-]{43})");

  private static final Pattern RANDOM = Pattern.compile("[A-Za-z0-9_-]{22}");

  private final SecureRandom random = new SecureRandom();
  private final Map<Purpose, SecretKeySpec> secrets = new EnumMap<>(Purpose.class);
  private final ApiKeys keys;
  private final Cache<String, Boolean> revoked =
      Caffeine.newBuilder().expireAfterWrite(LENGTH).maximumSize(MOST_REVOKED).build();

  private enum Purpose {
    SESSION,
    LOGIN_FORM,
    LOGOUT_FORM,
    DECISION_FORM
  }

  /**
   * Derives the keys.
   *
   * @throws IllegalArgumentException if the configured secret is too short
   */
  SessionSigner(@Value("${trendflow.session-secret:}") String configured, ApiKeys keys) {
    if (!configured.isEmpty() && configured.length() < LEAST_SECRET) {
      throw new IllegalArgumentException(
          "trendflow.session-secret has "
              + configured.length()
              + " characters: set TRENDFLOW_SESSION_SECRET to "
              + LEAST_SECRET
              + " or more, for example with openssl rand -hex 32.");
    }
    this.keys = keys;
    byte[] secret = configured.getBytes(StandardCharsets.UTF_8);
    if (configured.isEmpty()) {
      secret = new byte[LEAST_SECRET];
      random.nextBytes(secret);
    }
    HKDF derivation = HKDF.fromHmacSha256();
    byte[] extracted = derivation.extract((byte[]) null, secret);
    for (Purpose purpose : Purpose.values()) {
      String info = "trendflow " + purpose.name().toLowerCase(Locale.ROOT);
      byte[] key = derivation.expand(extracted, info.getBytes(StandardCharsets.UTF_8), 32);
      secrets.put(purpose, new SecretKeySpec(key, "HmacSHA256"));
    }
  }

  /** Returns the cookie of a new session. */
  public String open(ApiKey key, Instant now) {
    String content =
        TEXT.encodeToString(key.access().caller().getBytes(StandardCharsets.UTF_8))
            + "."
            + random()
            + "."
            + now.plus(LENGTH).getEpochSecond();
    return content + "." + sessionSignature(content, key);
  }

  /**
   * Returns the session of a cookie; empty if it has expired or was ended, if its key was changed
   * or removed, or if the cookie is forged.
   */
  public Optional<DashboardSession> session(String cookie, Instant now) {
    Matcher parts = COOKIE.matcher(cookie);
    if (!parts.matches()
        || Long.parseLong(parts.group(3)) <= now.getEpochSecond()
        || revoked.getIfPresent(parts.group(2)) != null) {
      return Optional.empty();
    }
    String content = cookie.substring(0, parts.start(4) - 1);
    return keyName(parts.group(1))
        .flatMap(keys::named)
        .filter(key -> equal(sessionSignature(content, key), parts.group(4)))
        .map(key -> new DashboardSession(parts.group(2), key));
  }

  private static Optional<String> keyName(String encoded) {
    try {
      byte[] name = Base64.getUrlDecoder().decode(encoded);
      return Optional.of(new String(name, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) { // a length that no encoding has
      return Optional.empty();
    }
  }

  /** Ends a session before its time. */
  public void revoke(DashboardSession session) {
    revoked.put(session.id(), true);
  }

  /** Returns a random cookie value to which the token of a form is bound. */
  public String random() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return TEXT.encodeToString(bytes);
  }

  /**
   * Returns the token that the login form must send along with a cookie. Another site can't know
   * it.
   *
   * @param random value of {@link #random}, never one that a client sent
   */
  public String loginToken(String random) {
    return signature(Purpose.LOGIN_FORM, random);
  }

  public boolean isLoginToken(String cookie, String token) {
    return RANDOM.matcher(cookie).matches() && equal(loginToken(cookie), token);
  }

  /** Returns the token that the form which ends a session must send. */
  public String logoutToken(DashboardSession session) {
    return signature(Purpose.LOGOUT_FORM, session.id());
  }

  public boolean isLogoutToken(DashboardSession session, String token) {
    return equal(logoutToken(session), token);
  }

  /**
   * Returns the token that a form which adds a decision must send. Another site can't know it.
   *
   * @param session session of the user; empty if the service has no keys
   */
  public String decisionToken(Optional<DashboardSession> session) {
    return signature(Purpose.DECISION_FORM, session.map(DashboardSession::id).orElse("local"));
  }

  public boolean isDecisionToken(Optional<DashboardSession> session, String token) {
    return equal(decisionToken(session), token);
  }

  /** Signs a session together with the hash of its key, so that a changed key ends the session. */
  private String sessionSignature(String content, ApiKey key) {
    return signature(Purpose.SESSION, content + "." + key.hash());
  }

  private static boolean equal(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private String signature(Purpose purpose, String content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secrets.get(purpose));
      return TEXT.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
