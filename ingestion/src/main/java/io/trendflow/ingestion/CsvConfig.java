package io.trendflow.ingestion;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/**
 * How a source's files are written. Quotes are always {@code "}, doubled inside a quoted field.
 *
 * @param delimiter one character, a comma by default
 * @param encoding name of a character set, UTF-8 by default
 */
public record CsvConfig(String delimiter, String encoding) implements Serializable {
  /** Comma and UTF-8. */
  public static final CsvConfig DEFAULT = new CsvConfig(null, null);

  /** As configured; what is absent takes its default. */
  public CsvConfig(@Nullable String delimiter, @Nullable String encoding) {
    this.delimiter = delimiter == null ? "," : delimiter;
    this.encoding = encoding == null ? "UTF-8" : encoding;
    Check.that(
        this.delimiter.length() == 1 && !"\"\r\n".contains(this.delimiter),
        "csv.delimiter is `"
            + this.delimiter
            + "`: give one character that is neither a quote nor a line break.");
    charset();
  }

  /** The character set that {@code encoding} names. */
  Charset charset() {
    try {
      return Charset.forName(encoding);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "csv.encoding is `" + encoding + "`: give a name such as UTF-8 or windows-1252.", e);
    }
  }
}
