package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.DateForm;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Formats in which nearly all texts of a column are dates from 1990 to 2099: none, one, or two that
 * differ in the order of day and month.
 *
 * @param formats formats as in a configuration; {@link #ISO} needs no format
 */
record DateGuess(List<String> formats) {
  static final String ISO = "";

  /** Unambiguous formats: at most one of them fits a column. */
  private static final List<String> DAYS =
      List.of(
          "yyyy/M/d",
          "yyyy.M.d",
          "yyyy-M-d",
          "d.M.yyyy",
          "d.M.yy",
          "d MMM yyyy",
          "d MMMM yyyy",
          "MMM d, yyyy",
          "MMMM d, yyyy",
          "d-MMM-yyyy",
          "d-MMM-yy",
          "yyyyMMdd");

  private static final List<String> DAYS_FIRST = List.of("d/M/yyyy", "d-M-yyyy", "d/M/yy");
  private static final List<String> MONTHS_FIRST = List.of("M/d/yyyy", "M-d-yyyy", "M/d/yy");
  private static final List<String> TIMES =
      List.of("", " H:mm", " H:mm:ss", " h:mm a", " h:mm:ss a", "'T'H:mm:ss", " HH:mm:ss xx");
  private static final Pattern LIKELY =
      Pattern.compile("(?=.*\\d)(?:\\d{1,4}[-/. ]|\\d{8}|\\p{L}{3,9} \\d).{2,30}");
  private static final Pattern COUNT = Pattern.compile("\\d{8}|\\d{10}|\\d{13}");

  /**
   * Guesses the formats of texts.
   *
   * @param named whether the column has a known name of a date; only then a bare number can be a
   *     date
   */
  static DateGuess of(List<String> texts, boolean named) {
    if (texts.isEmpty() || !nearlyAll(texts, text -> isLikely(text, named))) {
      return new DateGuess(List.of());
    }
    if (fits(texts, ISO)) {
      return new DateGuess(List.of(ISO));
    }
    List<String> counts = named ? List.of("epoch_seconds", "epoch_millis") : List.of();
    return Stream.concat(counts.stream(), timed(DAYS))
        .filter(format -> fits(texts, format))
        .findFirst()
        .map(format -> new DateGuess(List.of(format)))
        .orElseGet(() -> new DateGuess(either(texts)));
  }

  private static List<String> either(List<String> texts) {
    List<String> found = new ArrayList<>();
    timed(DAYS_FIRST).filter(format -> fits(texts, format)).findFirst().ifPresent(found::add);
    timed(MONTHS_FIRST).filter(format -> fits(texts, format)).findFirst().ifPresent(found::add);
    return List.copyOf(found);
  }

  private static Stream<String> timed(List<String> days) {
    return days.stream().flatMap(day -> TIMES.stream().map(time -> day + time));
  }

  private static boolean isLikely(String text, boolean named) {
    return COUNT.matcher(text).matches() ? named : LIKELY.matcher(text).matches();
  }

  private static boolean fits(List<String> texts, String format) {
    DateForm form = DateForm.of(format.equals(ISO) ? null : format);
    return nearlyAll(texts, text -> day(form, text).isPresent());
  }

  private static boolean nearlyAll(List<String> texts, Predicate<String> condition) {
    double allowed = (1 - NumberForm.NEARLY_ALL) * texts.size();
    int misses = 0;
    for (String text : texts) {
      if (!condition.test(text) && ++misses > allowed) {
        return false;
      }
    }
    return true;
  }

  /** Returns the day of a text in the first format. */
  Optional<LocalDate> day(String text) {
    String format = formats.get(0);
    return day(DateForm.of(format.equals(ISO) ? null : format), text);
  }

  private static Optional<LocalDate> day(DateForm form, String text) {
    try {
      LocalDate day = form.day(text, ZoneOffset.UTC);
      return day.getYear() >= 1990 && day.getYear() < 2100 ? Optional.of(day) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  boolean isDate() {
    return !formats.isEmpty();
  }

  /** Returns whether the order of day and month is ambiguous. */
  boolean isOpen() {
    return formats.size() > 1;
  }
}
