package io.trendflow.serving.dashboard;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.snapshot.ScoreSort;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Choice on a page that the browser remembers in a cookie. */
enum RememberedChoice {
  MARKET("market", "", Set.of("/", "/launches", "/slowing", "/buy", "/results")),
  SORT("sort", ListKind.TODAY.sort().label(), Set.of("/"));

  private final String parameter;
  private final String usual;
  private final Set<String> paths;

  RememberedChoice(String parameter, String usual, Set<String> paths) {
    this.parameter = parameter;
    this.usual = usual;
    this.paths = paths;
  }

  String parameter() {
    return parameter;
  }

  String cookie() {
    return "trendflow_" + parameter;
  }

  /** Returns what a request chooses; null if it chooses nothing, empty if it chooses the usual. */
  @Nullable String chosen(HttpRequest<?> request) {
    String value =
        paths.contains(request.getPath()) ? request.getParameters().get(parameter) : null;
    return usual.equals(value) ? "" : value;
  }

  /**
   * Returns what was chosen earlier, for a request that does not choose; null if nothing was, or if
   * there is no such value any more.
   */
  @Nullable String remembered(HttpRequest<?> request) {
    if (!paths.contains(request.getPath()) || request.getParameters().contains(parameter)) {
      return null;
    }
    return request
        .getCookies()
        .findCookie(cookie())
        .map(Cookie::getValue)
        .filter(value -> possible(request).contains(value))
        .orElse(null);
  }

  private Collection<String> possible(HttpRequest<?> request) {
    return this == MARKET ? CallerView.of(request).markets() : ScoreSort.NAMES;
  }
}
