package io.trendflow.training;

/** Thrown if the known history has too few examples to fit a model. The message is for the user. */
public final class ShortHistoryException extends IllegalArgumentException {
  ShortHistoryException(String sentence) {
    super(sentence);
  }
}
