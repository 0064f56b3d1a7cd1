package io.trendflow.serving.web;

import io.github.bucket4j.ConsumptionProbe;
import io.micrometer.core.instrument.MeterRegistry;
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

/** Authenticates requests by API key or session and enforces the rate limit of the key. */
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

  /** Paths of figures about all markets together. */
  private static final List<String> EVERY_MARKET = List.of("/prometheus");

  private final ApiKeys keys;
  private final SessionSigner sessions;
  private final AllowedHosts hosts;
  private final MeterRegistry metrics;

  /** Rate limit of a key and what a request left of it. */
  private record Left(int perMinute, ConsumptionProbe probe) {}

  ApiKeyFilter(ApiKeys keys, SessionSigner sessions, AllowedHosts hosts, MeterRegistry metrics) {
    this.keys = keys;
    this.sessions = sessions;
    this.hosts = hosts;
    this.metrics = metrics;
  }

  @RequestFilter
  @Nullable
  HttpResponse<?> admit(HttpRequest<?> request) {
    MutableHttpResponse<?> refusal = keys.required() ? byKey(request) : byHost(request);
    if (refusal != null) {
      // The server's own metrics miss the requests that do not reach a route.
      metrics.counter("trendflow.refused", "status", String.valueOf(refusal.code())).increment();
    }
    return refusal;
  }

  private @Nullable MutableHttpResponse<?> byHost(HttpRequest<?> request) {
    String host = request.getHeaders().get(HttpHeaders.HOST);
    if (hosts.contains(host)) {
      request.setAttribute(CallerAccess.ATTRIBUTE, CallerAccess.EVERYTHING);
      return null;
    }
    return problem(
        ProblemBody.of(
            HttpStatus.FORBIDDEN,
            "The service without keys answers at localhost only: open it by that name, or add the"
                + " name of its proxy to trendflow.hosts."));
  }

  private @Nullable MutableHttpResponse<?> byKey(HttpRequest<?> request) {
    String path = request.getPath();
    ApiKey key = key(request).orElse(null);
    CallerAccess access = key == null ? CallerAccess.NOTHING : key.access();
    request.setAttribute(CallerAccess.ATTRIBUTE, access);
    if (OPEN.stream().anyMatch(path::startsWith)) {
      return null;
    }
    if (key == null) {
      return SiteAddress.isAskedForPage(request)
          ? HttpResponse.seeOther(login(request))
          : unknown();
    }
    Left left = new Left(key.perMinute(), key.bucket().tryConsumeAndReturnRemaining(1));
    request.setAttribute(LEFT, left);
    if (!left.probe().isConsumed()) {
      return limited(tooMany(key, seconds(left.probe().getNanosToWaitForRefill())), left);
    }
    return !access.everything() && EVERY_MARKET.stream().anyMatch(path::startsWith)
        ? problem(access.notEverything())
        : null;
  }

  @ResponseFilter
  void tell(HttpRequest<?> request, MutableHttpResponse<?> response) {
    request.getAttribute(LEFT, Left.class).ifPresent(left -> limited(response, left));
  }

  /**
   * Returns the key of a request. A session counts beside an Authorization header, because proxies
   * such as Cloud Run's add that header to requests of browsers.
   */
  private Optional<ApiKey> key(HttpRequest<?> request) {
    String header = request.getHeaders().get("X-API-Key");
    if (header != null) {
      return keys.find(header);
    }
    String authorization = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    Optional<ApiKey> bearer =
        authorization != null && authorization.startsWith(BEARER)
            ? keys.find(authorization.substring(BEARER.length()))
            : Optional.empty();
    return bearer.or(() -> session(request).map(DashboardSession::key));
  }

  private Optional<DashboardSession> session(HttpRequest<?> request) {
    Optional<DashboardSession> session =
        request
            .getCookies()
            .findCookie(SESSION)
            .map(Cookie::getValue)
            .flatMap(cookie -> sessions.session(cookie, Instant.now()));
    session.ifPresent(found -> request.setAttribute(DashboardSession.ATTRIBUTE, found));
    return session;
  }

  private static URI login(HttpRequest<?> request) {
    String asked = request.getUri().toString();
    boolean plain = asked.equals("/") || asked.length() > SiteAddress.LONGEST;
    return URI.create(SiteAddress.of("/login", "to", plain ? null : asked));
  }

  private static MutableHttpResponse<?> unknown() {
    return problem(
            ProblemBody.of(
                HttpStatus.UNAUTHORIZED,
                "The request has no valid API key: send one in the header X-API-Key."))
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
  }

  private static MutableHttpResponse<?> tooMany(ApiKey key, long wait) {
    return problem(
            ProblemBody.of(
                HttpStatus.TOO_MANY_REQUESTS,
                "The key '%s' is limited to %d requests per minute: try again in %d s."
                    .formatted(key.access().caller(), key.perMinute(), wait)))
        .header(HttpHeaders.RETRY_AFTER, String.valueOf(wait));
  }

  private static MutableHttpResponse<?> problem(ProblemBody problem) {
    return HttpResponse.status(HttpStatus.valueOf(problem.status()))
        .contentType(ProblemBody.MEDIA_TYPE)
        .body(problem);
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
