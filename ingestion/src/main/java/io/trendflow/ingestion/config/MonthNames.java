package io.trendflow.ingestion.config;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of months in the languages of common exports, which become English before a date is parsed.
 */
final class MonthNames {
  private static final Pattern WORD = Pattern.compile("\\p{L}{3,12}\\.?");
  private static final Pattern ORDINAL = Pattern.compile("^(\\d{1,2})(?:er|\\.)(?= )");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+|\\.");

  private static final List<String> SHORT =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private static final List<String> LONG =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");

  private static final String NAMES =
      """
      jan janv janvier january januar jann jaen ene enero gen gennaio januari janeiro
      feb fevr fev fevrier february februar febrero febbraio februari fevereiro
      mar mars march marz mrz maerz marzo mrt maart marco
      apr avr avril april abr abril aprile
      may mai mayo mag maggio mei maio
      jun juin june juni junio giu giugno junho
      jul juil juillet july juli julio lug luglio julho
      aug aout august ago agosto augustus
      sep sept septembre september septiembre set settembre setembro
      oct octobre october okt oktober octubre ott ottobre out outubro
      nov novembre november noviembre novembro
      dec decembre december dez dezember dic diciembre dicembre dezembro
      """;

  private static final Map<String, Integer> MONTHS = months();

  private MonthNames() {}

  /** Returns the text with English names of months; other words stay as they are. */
  static String english(String text, boolean longNames) {
    Matcher words = WORD.matcher(ORDINAL.matcher(text).replaceFirst("$1"));
    return words.replaceAll(
        word -> {
          Integer month = MONTHS.get(folded(word.group()));
          return Matcher.quoteReplacement(
              month == null ? word.group() : (longNames ? LONG : SHORT).get(month));
        });
  }

  private static String folded(String word) {
    String bare = Normalizer.normalize(word, Normalizer.Form.NFD);
    return MARKS.matcher(bare).replaceAll("").toLowerCase(Locale.ROOT);
  }

  private static Map<String, Integer> months() {
    Map<String, Integer> months = new HashMap<>();
    List<String> lines = NAMES.lines().toList();
    for (int month = 0; month < lines.size(); month++) {
      for (String name : lines.get(month).split(" ", -1)) {
        months.put(name, month);
      }
    }
    return months;
  }
}
