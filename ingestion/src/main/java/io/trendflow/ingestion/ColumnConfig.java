package io.trendflow.ingestion;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.io.Serializable;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The column of a file that fills a field. Its text is always trimmed; empty text is no value. In
 * the configuration it is the column's name alone, or an object.
 *
 * @param column its name in the header
 * @param format of a date, in the letters of {@link DateTimeFormatter}; null means ISO {@code
 *     yyyy-MM-dd}
 * @param uppercase whether the text is turned into upper case
 */
public record ColumnConfig(String column, @Nullable String format, Boolean uppercase)
    implements Serializable {

  /** As configured; what is absent takes its default. */
  @JsonCreator
  public ColumnConfig(
      @Nullable String column, @Nullable String format, @Nullable Boolean uppercase) {
    this.column =
        Check.given(column, "column is missing: name the column of the file that fills the field.");
    this.format = format;
    this.uppercase = uppercase != null && uppercase;
    formatter(format);
  }

  /** A column without further settings. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ColumnConfig of(String column) {
    return new ColumnConfig(column, null, false);
  }

  /** Reads the column's dates. */
  DateTimeFormatter formatter() {
    return formatter(format);
  }

  /** Strict, so that 31 February is refused rather than moved to a day that exists. */
  private static DateTimeFormatter formatter(@Nullable String format) {
    if (format == null) {
      return DateTimeFormatter.ISO_LOCAL_DATE;
    }
    try {
      return new DateTimeFormatterBuilder()
          .appendPattern(format)
          .parseDefaulting(ChronoField.ERA, 1)
          .toFormatter(Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "format is `" + format + "`: give a date pattern such as yyyy-MM-dd HH:mm:ss.", e);
    }
  }
}
