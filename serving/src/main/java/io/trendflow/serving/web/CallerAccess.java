package io.trendflow.serving.web;

import io.micronaut.http.HttpRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Access rights of a caller.
 *
 * @param caller name of the key, for the log; {@code -} if the service has no keys
 * @param markets markets that the caller may see; null for all markets
 */
public record CallerAccess(String caller, @Nullable Set<String> markets) {
  static final String ATTRIBUTE = "trendflow.access";
  static final CallerAccess EVERYTHING = new CallerAccess("-", null);

  /** Returns the access rights of the caller of a request. */
  public static CallerAccess of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, CallerAccess.class).orElseThrow();
  }

  /** Returns whether the caller may see a market. */
  public boolean to(String market) {
    return markets == null || markets.contains(market);
  }
}
