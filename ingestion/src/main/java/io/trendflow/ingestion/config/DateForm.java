package io.trendflow.ingestion.config;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Matcher;
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
      case EXCEL_SERIAL -> new Spreadsheet();
      case ISO_WEEK -> new Week();
      default -> new Pattern(format, strict(format));
    };
  }

  /** Days since 30 December 1899, as spreadsheets store dates. */
  String EXCEL_SERIAL = "excel_serial";

  /** Week of ISO 8601, such as {@code 2026-W05}, which begins on a Monday. */
  String ISO_WEEK = "iso_week";

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
      DateTimeFormatterBuilder builder =
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(pattern)
              .parseDefaulting(ChronoField.ERA, 1);
      if (isMonth(pattern)) {
        builder.parseDefaulting(ChronoField.DAY_OF_MONTH, 1);
      }
      return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "format is `" + pattern + "`: use a date pattern such as yyyy-MM-dd HH:mm:ss.", e);
    }
  }

  /** Returns whether a pattern has a month and no day; its texts mean the first of the month. */
  static boolean isMonth(String pattern) {
    String letters = pattern.replaceAll("'[^']*'", "");
    return letters.matches(".*[ML].*") && !letters.matches(".*[dDeEcFwWQq].*");
  }

  /** Text with a pattern in the letters of {@link DateTimeFormatter}. */
  record Pattern(String form, DateTimeFormatter formatter) implements DateForm {
    @Override
    public LocalDate day(String text, ZoneId zone) {
      String dated = form.contains("MMM") ? MonthNames.english(text, form.contains("MMMM")) : text;
      TemporalAccessor time = formatter.parse(dated);
      return time.isSupported(ChronoField.INSTANT_SECONDS)
          ? Instant.from(time).atZone(zone).toLocalDate()
          : LocalDate.from(time);
    }

    @Override
    public String toString() {
      return form;
    }
  }

  /** Number of days of a spreadsheet, with the time of day as a fraction. */
  record Spreadsheet() implements DateForm {
    private static final LocalDate ZERO = LocalDate.of(1899, 12, 30);
    private static final double LAST = 2_958_465;

    @Override
    public LocalDate day(String text, ZoneId zone) {
      try {
        double days = Double.parseDouble(text);
        if (days >= 1 && days <= LAST) {
          return ZERO.plusDays((long) days);
        }
      } catch (NumberFormatException e) {
        // The exception below is thrown for a number out of range as well.
      }
      throw new DateTimeException("not the days of a spreadsheet");
    }

    @Override
    public String toString() {
      return EXCEL_SERIAL;
    }
  }

  /** Week of ISO 8601; the day is its Monday. */
  record Week() implements DateForm {
    private static final java.util.regex.Pattern FORM =
        java.util.regex.Pattern.compile("(\\d{4})-?[Ww](\\d{1,2})");

    @Override
    public LocalDate day(String text, ZoneId zone) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw new DateTimeException("not a week such as 2026-W05");
      }
      return LocalDate.of(Integer.parseInt(matcher.group(1)), 1, 4)
          .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, Integer.parseInt(matcher.group(2)))
          .with(DayOfWeek.MONDAY);
    }

    @Override
    public String toString() {
      return ISO_WEEK;
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
