package io.trendflow.serving.web;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Adds security headers to every response. Pages may load only files of this service and submit
 * only its own forms; scripts and styles inside a page are blocked. The page of the API description
 * draws its icons as data URLs, which are allowed there.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(3 * ApiKeyFilter.BEFORE_OTHERS) // responses of the other filters need the headers, too
final class SecurityHeaders {
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final String OF_DOCS =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

  @ResponseFilter
  void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    boolean docs = request.getPath().startsWith("/docs/");
    response
        .header("Content-Security-Policy", docs ? OF_DOCS : CONTENT_SECURITY_POLICY)
        .header("X-Content-Type-Options", "nosniff")
        // Under no-referrer browsers send forms from the origin "null", which the server rejects.
        .header("Referrer-Policy", "same-origin");
  }
}
