package io.trendflow.ingestion.raw;

/**
 * Thrown if a file is rejected as a whole. The message is a sentence for the user, in one line and
 * without control characters of the file.
 */
public final class FileRejectedException extends Exception {
  public FileRejectedException(String sentence) {
    super(sentence.replaceAll("[\\p{Cntrl}\\x{85}\\u2028\\u2029]+", " "));
  }
}
