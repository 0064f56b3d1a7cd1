package io.trendflow.serving;

import io.micronaut.http.HttpRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may see.
 *
 * @param caller the name of the key, for the log; {@code -} without keys
 * @param markets null for every market
 */
record Access(String caller, @Nullable Set<String> markets) {
  static final String ATTRIBUTE = "trendflow.access";
  static final Access EVERYTHING = new Access("-", null);

  /** What the caller of a request may see. */
  static Access of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, Access.class).orElseThrow();
  }

  /** Whether it covers a market. */
  boolean to(String market) {
    return markets == null || markets.contains(market);
  }
}
