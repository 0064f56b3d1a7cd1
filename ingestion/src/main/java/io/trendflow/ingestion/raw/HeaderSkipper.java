package io.trendflow.ingestion.raw;

import java.io.IOException;
import java.io.Reader;

/** Skips lines above the header of delimited text. */
final class HeaderSkipper {
  /** Longest line that can name the delimiter to a spreadsheet, such as {@code sep=;}. */
  private static final int LONGEST_HINT = 16;

  private HeaderSkipper() {}

  /**
   * Skips a first line such as {@code sep=;}, which is addressed to a spreadsheet, and then a
   * number of lines, and returns how many lines were skipped.
   *
   * @param text reader that supports {@code mark}
   */
  static int skip(Reader text, int lines) throws IOException {
    int skipped = skipHint(text) ? 1 : 0;
    for (int i = 0; i < lines && skipLine(text); i++) {
      skipped++;
    }
    return skipped;
  }

  private static boolean skipHint(Reader text) throws IOException {
    text.mark(LONGEST_HINT);
    StringBuilder line = new StringBuilder();
    int c = text.read();
    while (c >= 0 && c != '\n' && c != '\r' && line.length() < LONGEST_HINT - 3) {
      line.append((char) c);
      c = text.read();
    }
    if (line.toString().matches("(?i)\"?sep=.\"?") && (c == '\n' || c == '\r')) {
      skipLineFeed(text, c);
      return true;
    }
    text.reset();
    return false;
  }

  private static boolean skipLine(Reader text) throws IOException {
    int c = text.read();
    if (c < 0) {
      return false;
    }
    while (c >= 0 && c != '\n' && c != '\r') {
      c = text.read();
    }
    skipLineFeed(text, c);
    return true;
  }

  private static void skipLineFeed(Reader text, int end) throws IOException {
    if (end == '\r') {
      text.mark(1);
      if (text.read() != '\n') {
        text.reset();
      }
    }
  }
}
