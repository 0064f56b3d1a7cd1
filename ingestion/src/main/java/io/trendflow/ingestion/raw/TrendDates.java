package io.trendflow.ingestion.raw;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * First column of a Google Trends export: consecutive days, weeks or months. A spreadsheet may have
 * written the dates in the form of its country; the distance between the lines shows which form is
 * right.
 */
public final class TrendDates {
  private static final Pattern TIME_OF_DAY = Pattern.compile("[T ](?!00:00(:00)?$).*");

  /** Strict forms of dates, which reject 31 February. */
  private static final List<DateTimeFormatter> FORMS =
      List.of(
          form("uuuu-MM-dd"),
          form("M/d/uuuu"),
          form("d/M/uuuu"),
          form("d.M.uuuu"),
          form("d-M-uuuu"),
          form("uuuu/M/d"));

  private static final DateTimeFormatter MONTH = form("uuuu-MM");

  private enum Step {
    DAY,
    WEEK,
    MONTH
  }

  private final List<LocalDate> days;
  private final Step step;

  private TrendDates(List<LocalDate> days, Step step) {
    this.days = days;
    this.step = step;
  }

  private static DateTimeFormatter form(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  public static boolean isDate(String text) {
    String day = day(text);
    return parses(MONTH, day) || FORMS.stream().anyMatch(form -> parses(form, day));
  }

  private static boolean parses(DateTimeFormatter form, String text) {
    try {
      // Trends have no later years, and the last possible years have no next day.
      return form.parse(text).get(ChronoField.YEAR) <= 9999;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static String day(String text) {
    return text.strip().replaceFirst("[T ].*", "");
  }

  /**
   * Reads the column.
   *
   * @throws FileRejectedException if the lines are hours or not consecutive, or if the order of day
   *     and month is ambiguous
   */
  public static TrendDates of(RawFile file, List<String> texts) throws FileRejectedException {
    for (String text : texts) {
      if (TIME_OF_DAY.matcher(text.strip()).find()) {
        throw new FileRejectedException(
            file.label()
                + " has the time of day "
                + QuotedText.quoted(text)
                + ": hours are not supported; export a longer range, which has days or"
                + " weeks.");
      }
    }
    List<TrendDates> readings = readings(texts.stream().map(TrendDates::day).toList());
    if (readings.size() != 1) {
      String fault =
          readings.isEmpty()
              ? " that are not consecutive days, weeks or months"
              : " with an ambiguous order of day and month";
      throw new FileRejectedException(
          file.label()
              + " has dates"
              + fault
              + ", such as "
              + QuotedText.quoted(texts.get(0))
              + ": export it again, and do not save it from a spreadsheet.");
    }
    return readings.get(0);
  }

  private static List<TrendDates> readings(List<String> texts) {
    List<TrendDates> readings = new ArrayList<>();
    if (texts.stream().allMatch(text -> parses(MONTH, text))) {
      add(readings, texts.stream().map(text -> YearMonth.parse(text).atDay(1)).toList());
    }
    for (DateTimeFormatter form : FORMS) {
      if (texts.stream().allMatch(text -> parses(form, text))) {
        add(readings, texts.stream().map(text -> LocalDate.parse(text, form)).toList());
      }
    }
    return readings;
  }

  private static void add(List<TrendDates> readings, List<LocalDate> days) {
    for (Step step : Step.values()) {
      boolean follows = days.size() > 1;
      for (int i = 1; i < days.size(); i++) {
        follows &= next(days.get(i - 1), step).equals(days.get(i));
      }
      if (follows) {
        readings.add(new TrendDates(days, step));
      }
    }
  }

  private static LocalDate next(LocalDate day, Step step) {
    return switch (step) {
      case DAY -> day.plusDays(1);
      case WEEK -> day.plusWeeks(1);
      case MONTH -> day.plusMonths(1);
    };
  }

  public LocalDate day(int line) {
    return days.get(line);
  }

  public int periodDays(int line) {
    LocalDate day = days.get(line);
    return (int) ChronoUnit.DAYS.between(day, next(day, step));
  }
}
