package io.trendflow.serving.store;

/**
 * Thrown if the store is temporarily unavailable: the same call succeeds once the cause is fixed.
 */
public final class UnavailableException extends UnreadableException {
  private static final long serialVersionUID = 1L;

  UnavailableException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
