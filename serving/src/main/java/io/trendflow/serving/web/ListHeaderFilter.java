package io.trendflow.serving.web;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Map;
import java.util.regex.Pattern;

/** Rejects malformed lists of languages and character sets, which the server fails to parse. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(ApiKeyFilter.BEFORE_OTHERS + 1) // the key comes first
final class ListHeaderFilter {
  /** Values whose first element has nothing but separators, at which the server's parser fails. */
  private static final Pattern UNREADABLE = Pattern.compile(";+|,+(;.*)?");

  private static final Map<String, String> EXAMPLES =
      Map.of(
          HttpHeaders.ACCEPT_LANGUAGE, "fr, en;q=0.5",
          HttpHeaders.ACCEPT_CHARSET, "utf-8, iso-8859-1;q=0.5");

  @RequestFilter
  @Nullable
  HttpResponse<?> check(HttpRequest<?> request) {
    for (Map.Entry<String, String> header : EXAMPLES.entrySet()) {
      if (request.getHeaders().getAll(header.getKey()).stream()
          .anyMatch(value -> UNREADABLE.matcher(value).matches())) {
        return HttpResponse.badRequest(
                ProblemBody.of(
                    HttpStatus.BAD_REQUEST,
                    "The header %s is not a list such as %s."
                        .formatted(header.getKey(), header.getValue())))
            .contentType(ProblemBody.MEDIA_TYPE);
      }
    }
    return null;
  }
}
