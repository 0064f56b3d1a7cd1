package io.trendflow.serving.dashboard;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Way back to the page that the user came from: a list with its filters, a category, a brand or a
 * product.
 *
 * @param text key of the link's text
 * @param address path and query of the page
 */
record PageTrail(String text, String address) {
  private static final PageTrail FIRST =
      new PageTrail(ListKind.TODAY.key("title"), ListKind.TODAY.path());

  /** Returns the page that a request's header Referer names; the first list for any other page. */
  static PageTrail of(HttpRequest<?> request) {
    URI from = from(request.getHeaders().get(HttpHeaders.REFERER));
    String host = request.getHeaders().get(HttpHeaders.HOST);
    if (from == null
        || !Objects.equals(from.getRawAuthority(), host)
        || request.getPath().equals(from.getPath())) {
      return FIRST;
    }
    String text = text(from.getRawPath());
    String query = from.getRawQuery() == null ? "" : "?" + from.getRawQuery();
    return text == null ? FIRST : new PageTrail(text, from.getRawPath() + query);
  }

  private static @Nullable String text(String path) {
    for (ListKind kind : ListKind.values()) {
      if (kind.path().equals(path)) {
        return kind.key("title");
      }
    }
    for (ProductGroup.Kind kind : ProductGroup.Kind.values()) {
      if (kind.path().equals(path)) {
        return "filter." + kind.filter();
      }
    }
    return path.startsWith("/products/") ? "column.product" : null;
  }

  private static @Nullable URI from(@Nullable String address) {
    try {
      return address == null ? null : new URI(address);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
