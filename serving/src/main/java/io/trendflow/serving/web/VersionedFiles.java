package io.trendflow.serving.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.FilterPatternStyle;

/**
 * Lets browsers keep the files whose address changes with their content: those of libraries, whose
 * address has their version, and those of the pages, whose address has a hash.
 */
@ServerFilter(
    value = "(" + VersionedFiles.LIBRARIES + "|/static/).*",
    patternStyle = FilterPatternStyle.REGEX)
final class VersionedFiles {
  static final String LIBRARIES = "/webjars/";

  @ResponseFilter
  void keep(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (response.status() == HttpStatus.OK && isVersioned(request)) {
      response.header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
    }
  }

  private static boolean isVersioned(HttpRequest<?> request) {
    return request.getPath().startsWith(LIBRARIES)
        || StaticFiles.isCurrent(request.getPath(), request.getParameters().get(StaticFiles.HASH));
  }
}
