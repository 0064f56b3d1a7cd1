package io.trendflow.serving.web;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Adds security headers to every response. Pages may load only files of this service and pictures
 * from the hosts that the operator names, and submit only its own forms; scripts and styles inside
 * a page are blocked. The page of the API description draws its icons as data URLs, which are
 * allowed there, and the report of a training is confined to a sandbox.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(3 * ApiKeyFilter.BEFORE_OTHERS) // responses of the other filters need the headers, too
public final class SecurityHeaders {
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self';"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; img-src 'self'";

  private static final String OF_DOCS =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

  /** Path of the report of a training, a file that was written by a job. */
  public static final String REPORT = "/model/report";

  /** The report has its scripts inside; in its sandbox they have no access to this site. */
  private static final String OF_REPORT =
      "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline';"
          + " style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

  private final String ofPages;

  SecurityHeaders(PictureHosts pictures) {
    ofPages = CONTENT_SECURITY_POLICY + pictures.policy();
  }

  @ResponseFilter
  void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    response
        .header("Content-Security-Policy", policy(request.getPath()))
        .header("X-Content-Type-Options", "nosniff")
        // Under no-referrer browsers send forms from the origin "null", which the server rejects.
        .header("Referrer-Policy", "same-origin");
  }

  private String policy(String path) {
    if (path.equals(REPORT)) {
      return OF_REPORT;
    }
    return path.startsWith("/docs/") ? OF_DOCS : ofPages;
  }
}
