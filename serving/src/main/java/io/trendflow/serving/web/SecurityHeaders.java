package io.trendflow.serving.web;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * A page needs what this service serves as files and its own forms; nothing else is allowed, no
 * script or style inside a page. The description of the API draws its icons as data.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(3 * ApiKeyFilter.BEFORE_OTHERS) // so that what they refuse has the headers, too
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
        // With no-referrer browsers send forms from the origin "null", which the server refuses.
        .header("Referrer-Policy", "same-origin");
  }
}
