package io.trendflow.collection.web;

/** Pull that failed; the message is one sentence that says what to do and has no secret. */
public final class CollectionException extends RuntimeException {
  public CollectionException(String sentence) {
    super(sentence);
  }

  public CollectionException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
