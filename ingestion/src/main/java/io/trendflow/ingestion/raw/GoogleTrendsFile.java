package io.trendflow.ingestion.raw;

import io.trendflow.ingestion.config.FormatConfig;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * Reader of Google Trends' interest over time, exported by its page in any language, saved again by
 * a spreadsheet, or written by pytrends: an optional preamble, a header, and lines with a date and
 * the interest in each search term. Every cell is a record of {@link #COLUMNS}.
 */
public final class GoogleTrendsFile {
  /**
   * Columns of the records: first day of the period in ISO form; search term; place in the
   * parentheses of the header, or empty; interest as written; mark of an incomplete period.
   */
  private static final String[] COLUMNS = {"date", "keyword", "geo", "interest", "partial"};

  /**
   * Name of a column, such as {@code Love, Bonito: (Indonesia)}; some languages add a space or use
   * a wide colon.
   */
  public static final Pattern TERM =
      Pattern.compile(
          "(.*?)[\\s\\p{Z}]*[:\\uFF1A][\\s\\p{Z}]*\\(([^()]*+(?:\\([^()]*+\\)[^()]*+)*+)\\)",
          Pattern.DOTALL);

  /** Text of an interest above zero that rounds to zero, such as {@code <1} or {@code 1 未満}. */
  private static final Pattern BELOW_ONE =
      Pattern.compile("[^\\p{N}]*\\p{Nd}[^\\p{N}]*", Pattern.DOTALL);

  private static final Pattern SIGN_OR_WORD = Pattern.compile("[<>\\uFF1C\\uFF1E\\u2264\\p{L}]");

  private static final String PARTIAL = "ispartial";

  private GoogleTrendsFile() {}

  public static RecordFile open(RawFile file, FormatConfig format, Configuration hadoop)
      throws FileRejectedException {
    List<String[]> lines = new ArrayList<>();
    try (CsvLines csv = new CsvLines(file, format, hadoop)) {
      for (String[] line = csv.next(); line != null; line = csv.next()) {
        lines.add(line);
      }
    }
    int first = firstDate(file, lines);
    List<String[]> values = lines.subList(first, lines.size());
    return new BufferedRecords(
        new FileHeader(file, COLUMNS), cells(file, lines.get(first - 1), values));
  }

  /** Finds the first line that begins with a date; the previous line is the header. */
  private static int firstDate(RawFile file, List<String[]> lines) throws FileRejectedException {
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).length > 1 && TrendDates.isDate(lines.get(i)[0])) {
        return i;
      }
    }
    String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1)[0];
    throw new FileRejectedException(
        file.label()
            + " has no line that begins with a date"
            + (last.isBlank() ? "" : "; the last line begins with " + QuotedText.quoted(last))
            + ": replace it with Google Trends' export of interest over time, or remove it.");
  }

  private static List<String[]> cells(RawFile file, String[] names, List<String[]> lines)
      throws FileRejectedException {
    TrendDates dates = TrendDates.of(file, lines.stream().map(line -> line[0]).toList());
    int partial = partial(names);
    List<String[]> cells = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String[] line = lines.get(i);
      checkLength(file, names, line);
      LocalDate date = dates.day(i);
      for (int term = 1; term < names.length; term++) {
        if (term != partial) {
          cells.add(
              new String[] {
                date.toString(),
                keyword(names[term]),
                geo(names[term]),
                term < line.length ? line[term] : "",
                partial >= 0 && partial < line.length ? line[partial] : ""
              });
        }
      }
    }
    return cells;
  }

  /**
   * Rejects a line with more values than search terms, because the further values would be lost.
   */
  private static void checkLength(RawFile file, String[] names, String[] line)
      throws FileRejectedException {
    for (int i = names.length; i < line.length; i++) {
      if (!line[i].isBlank()) {
        throw new FileRejectedException(
            file.label()
                + " has "
                + line.length
                + " fields in the line of "
                + QuotedText.quoted(line[0])
                + ", but its header has "
                + names.length
                + ": export it again.");
      }
    }
  }

  private static int partial(String[] names) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].strip().toLowerCase(Locale.ROOT).equals(PARTIAL)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns whether a text means "less than one" in any language: it has the digit 1 of any script
   * alone, beside a sign or a word.
   */
  public static boolean isBelowOne(String text) {
    return BELOW_ONE.matcher(text).matches()
        && SIGN_OR_WORD.matcher(text).find()
        && text.codePoints().filter(Character::isDigit).allMatch(c -> Character.digit(c, 10) == 1);
  }

  private static String keyword(String name) {
    Matcher term = TERM.matcher(name.strip());
    return term.matches() ? term.group(1) : name;
  }

  private static String geo(String name) {
    Matcher term = TERM.matcher(name.strip());
    return term.matches() ? term.group(2) : "";
  }
}
