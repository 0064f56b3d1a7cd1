package io.trendflow.serving.store;

/** Thrown if data in the store can't be served; the message is one sentence for people. */
public class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnreadableException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  public UnreadableException(String sentence) {
    super(sentence);
  }
}
