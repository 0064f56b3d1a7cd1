package io.trendflow.serving.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Creates the cookies of the dashboard. */
@Singleton
public final class SiteCookies {
  private final ApiKeys keys;

  SiteCookies(ApiKeys keys) {
    this.keys = keys;
  }

  /**
   * Creates a cookie that scripts can't read. Browsers send it over TLS only if other machines can
   * reach the service, or if a proxy on this machine received the request over TLS.
   */
  public Cookie create(
      HttpRequest<?> request, String name, String value, Duration length, SameSite sameSite) {
    return Cookie.of(name, value)
        .httpOnly(true)
        .sameSite(sameSite)
        .secure(!keys.local() || isForwardedOverTls(request))
        .path("/")
        .maxAge(length);
  }

  /** Only a proxy on this machine is believed: who else sends the header can't be known. */
  private static boolean isForwardedOverTls(HttpRequest<?> request) {
    return request.getRemoteAddress().getAddress().isLoopbackAddress()
        && "https".equalsIgnoreCase(request.getHeaders().get("X-Forwarded-Proto"));
  }
}
