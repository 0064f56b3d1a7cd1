package io.trendflow.serving.web;

import io.github.bucket4j.ConsumptionProbe;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.cookie.Cookie;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Authenticates requests by API key and enforces the rate limit of the key. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(ApiKeyFilter.BEFORE_OTHERS)
public final class ApiKeyFilter {
  public static final int BEFORE_OTHERS = -100;
  public static final String SESSION = "trendflow_session";

  private static final String LEFT = "trendflow.left";
  private static final String BEARER = "Bearer ";

  /** Paths that need no key because they reveal nothing about the shop. */
  private static final List<String> OPEN =
      List.of("/health", "/static/", "/webjars/", "/language", "/login", "/logout", "/robots.txt");

  private final ApiKeys keys;
  private final SessionSigner sessions;

  /** Rate limit of a key and what a request left of it. */
  private record Left(int perMinute, ConsumptionProbe probe) {}

  ApiKeyFilter(ApiKeys keys, SessionSigner sessions) {
    this.keys = keys;
    this.sessions = sessions;
  }

  @RequestFilter
  @Nullable
  HttpResponse<?> admit(HttpRequest<?> request) {
    String path = request.getPath();
    if (!keys.required() || OPEN.stream().anyMatch(path::startsWith)) {
      request.setAttribute(CallerAccess.ATTRIBUTE, CallerAccess.EVERYTHING);
      return null;
    }
    ApiKey key = key(request).orElse(null);
    if (key == null) {
      return SiteAddress.isAskedForPage(request)
          ? HttpResponse.seeOther(login(request))
          : unknown();
    }
    request.setAttribute(CallerAccess.ATTRIBUTE, key.access());
    Left left = new Left(key.perMinute(), key.bucket().tryConsumeAndReturnRemaining(1));
    request.setAttribute(LEFT, left);
    if (left.probe().isConsumed()) {
      return null;
    }
    return limited(tooMany(key, seconds(left.probe().getNanosToWaitForRefill())), left);
  }

  @ResponseFilter
  void tell(HttpRequest<?> request, MutableHttpResponse<?> response) {
    request.getAttribute(LEFT, Left.class).ifPresent(left -> limited(response, left));
  }

  private Optional<ApiKey> key(HttpRequest<?> request) {
    String header = request.getHeaders().get("X-API-Key");
    if (header != null) {
      return keys.find(header);
    }
    String authorization = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (authorization != null) {
      return authorization.startsWith(BEARER)
          ? keys.find(authorization.substring(BEARER.length()))
          : Optional.empty();
    }
    return request
        .getCookies()
        .findCookie(SESSION)
        .map(Cookie::getValue)
        .flatMap(cookie -> sessions.keyName(cookie, Instant.now()))
        .flatMap(keys::named);
  }

  private static URI login(HttpRequest<?> request) {
    String asked = request.getUri().toString();
    return URI.create(SiteAddress.of("/login", "to", asked.equals("/") ? null : asked));
  }

  private static HttpResponse<?> unknown() {
    return HttpResponse.unauthorized()
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
        .contentType(ProblemBody.MEDIA_TYPE)
        .body(
            ProblemBody.of(
                HttpStatus.UNAUTHORIZED,
                "The request has no valid API key: send one in the header X-API-Key."));
  }

  private static MutableHttpResponse<?> tooMany(ApiKey key, long wait) {
    return HttpResponse.status(HttpStatus.TOO_MANY_REQUESTS)
        .header(HttpHeaders.RETRY_AFTER, String.valueOf(wait))
        .contentType(ProblemBody.MEDIA_TYPE)
        .body(
            ProblemBody.of(
                HttpStatus.TOO_MANY_REQUESTS,
                "The key '%s' is limited to %d requests per minute: try again in %d s."
                    .formatted(key.access().caller(), key.perMinute(), wait)));
  }

  private static MutableHttpResponse<?> limited(MutableHttpResponse<?> response, Left left) {
    return response
        .header("RateLimit-Limit", String.valueOf(left.perMinute()))
        .header("RateLimit-Remaining", String.valueOf(left.probe().getRemainingTokens()))
        .header("RateLimit-Reset", String.valueOf(seconds(left.probe().getNanosToWaitForReset())));
  }

  private static long seconds(long nanos) {
    return TimeUnit.NANOSECONDS.toSeconds(nanos) + 1;
  }
}
