package io.trendflow.serving.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Access rights of a caller.
 *
 * @param caller name of the key, for the log; {@code -} if the caller has no key
 * @param markets markets that the caller may see; null for all markets
 * @param write whether the caller may add decisions
 */
public record CallerAccess(String caller, @Nullable Set<String> markets, boolean write) {
  static final String ATTRIBUTE = "trendflow.access";
  static final CallerAccess EVERYTHING = new CallerAccess("-", null, true);
  static final CallerAccess NOTHING = new CallerAccess("-", Set.of(), false);

  /** Returns the access rights of the caller of a request. */
  public static CallerAccess of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, CallerAccess.class).orElse(NOTHING);
  }

  /** Returns whether the caller may see a market. */
  public boolean to(String market) {
    return markets == null || markets.contains(market);
  }

  /** Returns whether the caller may see all markets, and with them what concerns all together. */
  public boolean everything() {
    return markets == null;
  }

  /**
   * Rejects a caller who may see some markets only.
   *
   * @throws ProblemException status 403
   */
  public void requireEverything() {
    if (!everything()) {
      throw new ProblemException(notEverything());
    }
  }

  /**
   * Rejects a caller who may only read.
   *
   * @throws ProblemException status 403
   */
  public void requireWrite() {
    if (!write) {
      throw new ProblemException(
          ProblemBody.of(
              HttpStatus.FORBIDDEN,
              "The key '%s' may only read: set trendflow.api-keys.%s.write to true to let it add decisions."
                  .formatted(caller, caller)));
    }
  }

  ProblemBody notEverything() {
    return ProblemBody.of(
        HttpStatus.FORBIDDEN,
        "The key '%s' gives access to single markets, but this is about all markets together: use a key without markets."
            .formatted(caller));
  }
}
