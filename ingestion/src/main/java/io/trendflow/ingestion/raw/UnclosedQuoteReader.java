package io.trendflow.ingestion.raw;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Passes CSV text through and fails at its end if a quote is still open. The parser alone would
 * read the rest of the file as the text of one field, and its records would be lost unnoticed.
 */
final class UnclosedQuoteReader extends FilterReader {
  private enum State {
    FIELD_START,
    PLAIN,
    QUOTED,
    QUOTE_IN_QUOTED
  }

  private final char delimiter;
  private State state = State.FIELD_START;
  private long line;
  private long openedOn;

  /**
   * Creates a reader.
   *
   * @param before number of lines that were read before, which messages count
   */
  UnclosedQuoteReader(Reader in, char delimiter, long before) {
    super(in);
    this.line = before + 1;
    this.delimiter = delimiter;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int n = in.read(buffer, offset, length);
    for (int i = offset; i < offset + n; i++) {
      char c = buffer[i];
      // Most characters are neither quotes nor control characters and do not change these two
      // states.
      boolean ordinary = c > '"' && c != delimiter;
      if (!ordinary || (state != State.PLAIN && state != State.QUOTED)) {
        state = after(c);
        line += c == '\n' ? 1 : 0;
      }
    }
    if (n < 0 && state == State.QUOTED) {
      throw new OpenQuote("line " + openedOn + " opens a quote that is never closed");
    }
    return n;
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  private State after(char c) {
    if (state == State.QUOTED) {
      return c == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
    }
    if (c == delimiter || c == '\n' || c == '\r') {
      return State.FIELD_START;
    }
    if (c == '"' && state == State.FIELD_START) {
      openedOn = line;
      return State.QUOTED;
    }
    return c == '"' && state == State.QUOTE_IN_QUOTED ? State.QUOTED : State.PLAIN;
  }

  /** Thrown if the text ends inside quotes. */
  static final class OpenQuote extends IOException {
    OpenQuote(String message) {
      super(message);
    }
  }
}
