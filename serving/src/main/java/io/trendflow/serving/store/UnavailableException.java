package io.trendflow.serving.store;

/**
 * The store doesn't answer as it should, for now: whoever asks again once the cause is mended gets
 * an answer.
 */
public final class UnavailableException extends UnreadableException {
  private static final long serialVersionUID = 1L;

  UnavailableException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
