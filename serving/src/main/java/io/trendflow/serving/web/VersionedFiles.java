package io.trendflow.serving.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Lets browsers keep the files of libraries, whose address has their version. */
@ServerFilter("/webjars/**")
final class VersionedFiles {
  @ResponseFilter
  void keep(MutableHttpResponse<?> response) {
    if (response.status() == HttpStatus.OK) {
      response.header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
    }
  }
}
