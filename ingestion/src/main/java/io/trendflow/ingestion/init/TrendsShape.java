package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.FieldNames;
import io.trendflow.ingestion.config.FormatConfig;
import io.trendflow.ingestion.raw.CsvLines;
import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.GoogleTrendsFile;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.ingestion.raw.RecordFile;
import io.trendflow.ingestion.raw.TrendDates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** Distinguishes Google Trends' interest over time from other tables that begin with a date. */
final class TrendsShape {
  private static final int LINES = 12;
  private static final Set<String> DATES =
      Set.of(
          "date",
          "day",
          "week",
          "month",
          "time",
          "jour",
          "semaine",
          "mois",
          "tag",
          "woche",
          "monat",
          "dia",
          "semana",
          "mes",
          "giorno",
          "settimana",
          "mese",
          "hari",
          "minggu",
          "bulan");

  private TrendsShape() {}

  /**
   * Returns whether the first lines are those of an interest over time.
   *
   * @throws FileRejectedException if the file is an interest over time that cannot be read
   */
  static boolean fits(RawFile file, FormatConfig format, Configuration hadoop)
      throws FileRejectedException {
    List<String[]> lines = lines(file, format, hadoop);
    if (isRelated(lines)) {
      throw new FileRejectedException(
          "it is Google Trends' export of related queries or topics, not of interest over time.");
    }
    boolean preamble = hasPreamble(lines) && hasTerm(lines.get(1));
    boolean alike =
        hasPreamble(lines)
            ? lines.size() > 3 && looksAlike(lines.subList(1, lines.size()))
            : lines.size() > 2 && looksAlike(lines);
    if (!preamble && !alike) {
      return false;
    }
    try (RecordFile whole = GoogleTrendsFile.open(file, format, hadoop)) {
      return whole.header().size() > 0;
    } catch (FileRejectedException e) {
      if (preamble) {
        throw e;
      }
      return false;
    }
  }

  private static List<String[]> lines(RawFile file, FormatConfig format, Configuration hadoop)
      throws FileRejectedException {
    List<String[]> lines = new ArrayList<>();
    try (CsvLines csv = new CsvLines(file, format, hadoop)) {
      String[] line = csv.next();
      while (line != null && lines.size() < LINES) {
        lines.add(line);
        line = csv.next();
      }
    }
    return lines;
  }

  /**
   * Returns whether the file begins with a line such as {@code Category: All categories}, in any
   * language, above a table with more columns.
   */
  private static boolean hasPreamble(List<String[]> lines) {
    return lines.size() > 1
        && lines.get(0).length == 1
        && lines.get(0)[0].matches("[^,;\\t]{2,40}[:\\uFF1A].*")
        && lines.get(1).length > 1;
  }

  /** Returns whether a header has a name such as {@code red dress: (France)}. */
  private static boolean hasTerm(String[] header) {
    return Arrays.stream(header)
        .anyMatch(name -> GoogleTrendsFile.TERM.matcher(name.strip()).matches());
  }

  private static boolean isRelated(List<String[]> lines) {
    return lines.size() > 2
        && lines.get(0).length == 1
        && lines.get(1).length == 1
        && lines.get(1)[0].strip().matches("TOP|RISING")
        && lines.get(2).length == 2;
  }

  private static boolean looksAlike(List<String[]> lines) {
    String[] header = lines.get(0);
    if (header.length < 2 || !isTable(lines.subList(1, lines.size()), header.length)) {
      return false;
    }
    boolean named = true;
    for (int i = 1; i < header.length; i++) {
      if (GoogleTrendsFile.TERM.matcher(header[i].strip()).matches()
          || header[i].strip().equalsIgnoreCase("isPartial")) {
        return true;
      }
      named &= !FieldNames.isKnown(header[i]);
    }
    return named && DATES.contains(FieldNames.plain(header[0]));
  }

  private static boolean isTable(List<String[]> lines, int width) {
    return lines.stream()
        .allMatch(
            line -> {
              boolean fits = line.length == width && TrendDates.isDate(line[0]);
              for (int i = 1; i < line.length; i++) {
                String text = line[i].strip();
                fits &=
                    text.matches("|100|\\d{1,2}(\\.\\d+)?|100\\.0|(?i)true|false")
                        || GoogleTrendsFile.isBelowOne(text);
              }
              return fits;
            });
  }
}
