package io.trendflow.ingestion.raw;

/**
 * A file that cannot be taken at all; the message is the sentence for the user. It is one line, and
 * no control character of the file reaches a terminal or a log.
 */
public final class FileRejectedException extends Exception {
  public FileRejectedException(String sentence) {
    super(sentence.replaceAll("[\\p{Cntrl}\\x{85}\\u2028\\u2029]+", " "));
  }
}
