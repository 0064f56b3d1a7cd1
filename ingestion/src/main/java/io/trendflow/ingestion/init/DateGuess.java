package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.DateForm;
import io.trendflow.ingestion.config.RecordPeriod;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Formats in which most texts of a column are dates from 1990 to 2099: none, one, or two that
 * differ in the order of day and month.
 *
 * @param formats formats as in a configuration; {@link #ISO} needs no format
 */
record DateGuess(List<String> formats) {
  static final String ISO = "";

  /** Number of texts that select the possible formats, which are then tried on all texts. */
  private static final int SAMPLE = 200;

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
          "MMM d yyyy",
          "d-MMM-yyyy",
          "d-MMM-yy",
          "MMM-d-yyyy",
          "MMM-d-yy",
          "EEE, d MMM yyyy",
          "yyyyMMdd");

  private static final List<String> DAYS_FIRST = List.of("d/M/yyyy", "d-M-yyyy", "d/M/yy");
  private static final List<String> MONTHS_FIRST = List.of("M/d/yyyy", "M-d-yyyy", "M/d/yy");
  private static final List<String> TIMES =
      List.of(
          "",
          " H:mm",
          " H:mm:ss",
          " h:mm a",
          " h:mm:ss a",
          "'T'H:mm:ss",
          " HH:mm:ss xx",
          ", H:mm",
          ", h:mm:ss a",
          " H:mm:ss.SSS");

  /** Forms without day, each of which is a month or a week. */
  private static final List<String> PERIODS =
      List.of(
          "yyyy-MM",
          "yyyy/MM",
          "MM/yyyy",
          "M/yyyy",
          "MM.yyyy",
          "MMM yyyy",
          "MMM-yyyy",
          "MMM-yy",
          DateForm.ISO_WEEK);

  private static final Map<String, DateForm> FORMS = new ConcurrentHashMap<>();

  private static final List<String> COUNTS =
      List.of("epoch_seconds", "epoch_millis", DateForm.EXCEL_SERIAL);

  private static final Pattern LIKELY =
      Pattern.compile(
          "(?=.*\\d)(?:\\d{1,4}[-/. ]|\\d{8}|\\d{4}W|\\d{1,2}er |\\p{L}{3,9}[.,]?[- ]\\d).{2,40}");

  private static final Pattern COUNT =
      Pattern.compile("\\d{8}|\\d{10}|\\d{13}|\\d{5}(?:[.,]\\d+)?");

  /**
   * Guesses the formats of texts.
   *
   * @param texts different texts
   * @param named whether the column has a known name of a date; only then a bare number can be a
   *     date, and a quarter of the texts may be something else
   */
  static DateGuess of(List<String> texts, boolean named) {
    double share = named ? NumberForm.MOST : NumberForm.NEARLY_ALL;
    List<String> some = some(texts);
    if (texts.isEmpty() || !nearlyAll(some, text -> isLikely(text, named), share)) {
      return new DateGuess(List.of());
    }
    Optional<String> clear =
        Stream.of(
                Stream.of(ISO),
                named ? COUNTS.stream() : Stream.<String>of(),
                timed(DAYS),
                PERIODS.stream())
            .flatMap(formats -> formats)
            .filter(format -> fits(some, format, share) && fits(texts, format, share))
            .findFirst();
    if (clear.isPresent() && named && !fits(texts, clear.get(), NumberForm.NEARLY_ALL)) {
      List<String> mixed = mixed(texts);
      return new DateGuess(mixed.isEmpty() ? List.of(clear.get()) : mixed);
    }
    if (clear.isPresent()) {
      return new DateGuess(List.of(clear.get()));
    }
    List<String> either = either(some, texts, share);
    return new DateGuess(either.isEmpty() && named ? mixed(texts) : either);
  }

  private static List<String> some(List<String> texts) {
    int step = Math.max(1, texts.size() / SAMPLE);
    return IntStream.range(0, texts.size())
        .filter(i -> i % step == 0)
        .mapToObj(texts::get)
        .toList();
  }

  private static List<String> either(List<String> some, List<String> texts, double share) {
    List<String> found = new ArrayList<>();
    for (List<String> days : List.of(DAYS_FIRST, MONTHS_FIRST)) {
      timed(days)
          .filter(format -> fits(some, format, share) && fits(texts, format, share))
          .findFirst()
          .ifPresent(found::add);
    }
    if (found.size() == 2) {
      // A single day above 12 shows the order, however many dates have none.
      List<Long> misses = found.stream().map(format -> misses(texts, format)).toList();
      if (!misses.get(0).equals(misses.get(1)) && misses.contains(0L)) {
        found.remove(misses.get(0) == 0L ? 1 : 0);
      }
    }
    return List.copyOf(found);
  }

  /** Returns formats of texts of which some are in ISO form and the others in one other form. */
  private static List<String> mixed(List<String> texts) {
    DateForm iso = DateForm.of(null);
    List<String> others = texts.stream().filter(text -> day(iso, text).isEmpty()).toList();
    int known = texts.size() - others.size();
    if (known == 0 || others.isEmpty()) {
      return List.of();
    }
    List<String> formats = new ArrayList<>();
    for (List<String> days : List.of(DAYS, DAYS_FIRST, MONTHS_FIRST)) {
      days.stream()
          .filter(format -> fits(others, format, NumberForm.MOST))
          .findFirst()
          .map(format -> "[yyyy-MM-dd][" + format + "]")
          .filter(format -> fits(texts, format, NumberForm.MOST))
          .ifPresent(formats::add);
    }
    return List.copyOf(formats);
  }

  private static Stream<String> timed(List<String> days) {
    return days.stream().flatMap(day -> TIMES.stream().map(time -> day + time));
  }

  private static boolean isLikely(String text, boolean named) {
    return COUNT.matcher(text).matches() ? named : LIKELY.matcher(text).matches();
  }

  private static boolean fits(List<String> texts, String format, double share) {
    DateForm form = form(format);
    return nearlyAll(texts, text -> day(form, text).isPresent(), share);
  }

  private static long misses(List<String> texts, String format) {
    DateForm form = form(format);
    return texts.stream().filter(text -> day(form, text).isEmpty()).count();
  }

  private static DateForm form(String format) {
    return FORMS.computeIfAbsent(format, key -> DateForm.of(key.equals(ISO) ? null : key));
  }

  private static boolean nearlyAll(List<String> texts, Predicate<String> condition, double share) {
    double allowed = (1 - share) * texts.size();
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
    return day(form(formats.get(0)), text);
  }

  private static Optional<LocalDate> day(DateForm form, String text) {
    try {
      LocalDate day = form.day(text, ZoneOffset.UTC);
      return day.getYear() >= 1990 && day.getYear() < 2100 ? Optional.of(day) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Returns whether a text is a date in one of the formats. */
  boolean reads(String text) {
    return formats.stream().anyMatch(format -> day(form(format), text).isPresent());
  }

  boolean isDate() {
    return !formats.isEmpty();
  }

  /** Returns the period that the form itself shows; days for a form with days. */
  RecordPeriod period() {
    String format = formats.isEmpty() ? ISO : formats.get(0);
    if (format.equals(DateForm.ISO_WEEK)) {
      return RecordPeriod.WEEK;
    }
    return PERIODS.contains(format) ? RecordPeriod.MONTH : RecordPeriod.DAY;
  }

  /** Returns whether a person must choose or confirm the form. */
  boolean isOpen() {
    return formats.size() > 1
        || (isDate()
            && (formats.get(0).startsWith("[") || formats.get(0).equals(DateForm.EXCEL_SERIAL)));
  }

  /** Returns the sentence about an open form. */
  String question(String example) {
    if (formats.get(0).equals(DateForm.EXCEL_SERIAL)) {
      return "its values, such as "
          + YamlText.shortened(example)
          + ", are probably days as a spreadsheet counts them; use the line in the file if the day"
          + " beside it is right";
    }
    if (formats.get(0).startsWith("[")) {
      return "its dates have two forms; use a line in the file if every date has one of its forms";
    }
    return "the order of day and month is ambiguous in "
        + YamlText.shortened(example)
        + "; keep one of the lines in the file";
  }
}
