package io.trendflow.serving.dashboard;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Way back from a product to the list that the user came from, with its filters.
 *
 * @param address path and query of the list
 */
record ListTrail(ListKind kind, String address) {

  /** Returns the list that a request's header Referer names; the first list for any other page. */
  static ListTrail of(HttpRequest<?> request) {
    URI from = from(request.getHeaders().get(HttpHeaders.REFERER));
    String host = request.getHeaders().get(HttpHeaders.HOST);
    if (from != null && Objects.equals(from.getRawAuthority(), host)) {
      String query = from.getRawQuery() == null ? "" : "?" + from.getRawQuery();
      return Arrays.stream(ListKind.values())
          .filter(kind -> kind.path().equals(from.getRawPath()))
          .map(kind -> new ListTrail(kind, kind.path() + query))
          .findFirst()
          .orElseGet(ListTrail::first);
    }
    return first();
  }

  private static ListTrail first() {
    return new ListTrail(ListKind.TODAY, ListKind.TODAY.path());
  }

  private static @Nullable URI from(@Nullable String address) {
    try {
      return address == null ? null : new URI(address);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
