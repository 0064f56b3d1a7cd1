package io.trendflow.ingestion;

/** A file that cannot be taken at all; the message is the sentence for the user. */
final class Refusal extends Exception {
  Refusal(String sentence) {
    super(sentence);
  }
}
