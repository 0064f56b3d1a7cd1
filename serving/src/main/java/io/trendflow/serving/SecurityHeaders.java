package io.trendflow.serving;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * A page needs its own style sheet, its icon and its form; nothing else is allowed. The description
 * of the API is shown by a script, which draws its icons as data.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(3 * Guard.BEFORE_OTHERS) // so that what they refuse has the headers, too
final class SecurityHeaders {
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
          + " base-uri 'none'; frame-ancestors 'none'";

  private static final String OF_DOCS =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

  @ResponseFilter
  void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    boolean docs = request.getPath().startsWith("/docs/");
    response
        .header("Content-Security-Policy", docs ? OF_DOCS : CONTENT_SECURITY_POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer");
  }
}
