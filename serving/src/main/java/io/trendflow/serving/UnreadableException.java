package io.trendflow.serving;

/** Something in the store can't be served; the message is one sentence for people. */
class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  UnreadableException(String sentence) {
    super(sentence);
  }
}
