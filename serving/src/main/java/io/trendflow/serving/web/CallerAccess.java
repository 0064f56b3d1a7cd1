package io.trendflow.serving.web;

import io.micronaut.http.HttpRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may see.
 *
 * @param caller the name of the key, for the log; {@code -} without keys
 * @param markets null for every market
 */
public record CallerAccess(String caller, @Nullable Set<String> markets) {
  static final String ATTRIBUTE = "trendflow.access";
  static final CallerAccess EVERYTHING = new CallerAccess("-", null);

  /** What the caller of a request may see. */
  public static CallerAccess of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, CallerAccess.class).orElseThrow();
  }

  /** Whether it covers a market. */
  public boolean to(String market) {
    return markets == null || markets.contains(market);
  }
}
