package io.trendflow.ingestion.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Format of the days of a column. */
public sealed interface DateForm {
  /**
   * Returns the day of a text; a time with an offset is first converted to the shop's time zone.
   *
   * @throws DateTimeException if the text has another form or is not a valid date
   */
  LocalDate day(String text, ZoneId zone);

  /**
   * Returns the form that a configuration names.
   *
   * @throws IllegalArgumentException in one sentence, if the text is not a valid format
   */
  static DateForm of(@Nullable String format) {
    if (format == null) {
      return new Pattern("yyyy-MM-dd", ISO);
    }
    return switch (format) {
      case "epoch_seconds" -> new Epoch(format, 1_000);
      case "epoch_millis" -> new Epoch(format, 1);
      default -> new Pattern(format, strict(format));
    };
  }

  /** A day, optionally with a time of day and an offset from UTC. */
  DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .appendOptional(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /** Returns a strict formatter, which rejects 31 February instead of moving it to a valid date. */
  private static DateTimeFormatter strict(String pattern) {
    try {
      return new DateTimeFormatterBuilder()
          .appendPattern(pattern)
          .parseDefaulting(ChronoField.ERA, 1)
          .toFormatter(Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "format is `" + pattern + "`: use a date pattern such as yyyy-MM-dd HH:mm:ss.", e);
    }
  }

  /** Text with a pattern in the letters of {@link DateTimeFormatter}. */
  record Pattern(String form, DateTimeFormatter formatter) implements DateForm {
    @Override
    public LocalDate day(String text, ZoneId zone) {
      TemporalAccessor time = formatter.parse(text);
      return time.isSupported(ChronoField.INSTANT_SECONDS)
          ? Instant.from(time).atZone(zone).toLocalDate()
          : LocalDate.from(time);
    }

    @Override
    public String toString() {
      return form;
    }
  }

  /** Number of seconds or milliseconds since 1970. */
  record Epoch(String form, long millis) implements DateForm {
    @Override
    public LocalDate day(String text, ZoneId zone) {
      try {
        return Instant.ofEpochMilli(Math.multiplyExact(Long.parseLong(text), millis))
            .atZone(zone)
            .toLocalDate();
      } catch (ArithmeticException | NumberFormatException e) {
        throw new DateTimeException("not a number of seconds or milliseconds", e);
      }
    }

    @Override
    public String toString() {
      return form;
    }
  }
}
