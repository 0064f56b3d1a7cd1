package io.trendflow.serving.web;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Rejects malformed lists of languages and character sets, which the server fails to parse. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(ApiKeyFilter.BEFORE_OTHERS + 1) // the key comes first
final class ListHeaderFilter {
  private static final Map<String, String> EXAMPLES =
      Map.of(
          HttpHeaders.ACCEPT_LANGUAGE, "fr, en;q=0.5",
          HttpHeaders.ACCEPT_CHARSET, "utf-8, iso-8859-1;q=0.5");

  @RequestFilter
  @Nullable
  HttpResponse<?> check(HttpRequest<?> request) {
    for (Map.Entry<String, String> header : EXAMPLES.entrySet()) {
      if (!request.getHeaders().getAll(header.getKey()).stream()
          .allMatch(ListHeaderFilter::isReadable)) {
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

  private static boolean isReadable(String header) {
    List<String> elements =
        Arrays.stream(header.split(",", -1))
            .map(String::strip)
            .filter(element -> !element.isEmpty())
            .toList();
    return header.isBlank()
        || (!elements.isEmpty()
            && elements.stream().allMatch(element -> element.matches("[A-Za-z*].*")));
  }
}
