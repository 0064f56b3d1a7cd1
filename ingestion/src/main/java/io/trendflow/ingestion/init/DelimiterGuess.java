package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.FileFormat;
import io.trendflow.ingestion.config.FormatConfig;
import io.trendflow.ingestion.raw.CsvLines;
import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.RawFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * Guesses the delimiter of a text: the character that splits most of its first lines into the same
 * number of fields.
 */
final class DelimiterGuess {
  private static final int LINES = 30;
  private static final List<String> TRIED = List.of(",", ";", "\t", "|");

  private DelimiterGuess() {}

  static String of(RawFile file, String encoding, Configuration hadoop) {
    String best = ",";
    long most = 0;
    for (String delimiter : TRIED) {
      long score = score(file, new FormatConfig(FileFormat.CSV, delimiter, encoding, null), hadoop);
      if (score > most) {
        best = delimiter;
        most = score;
      }
    }
    return best;
  }

  /**
   * Returns a score of a delimiter: the number of lines with the most common number of fields, then
   * that number; 0 if no line is split.
   */
  private static long score(RawFile file, FormatConfig format, Configuration hadoop) {
    Map<Integer, Long> widths = new HashMap<>();
    try (CsvLines lines = new CsvLines(file, format, hadoop)) {
      String[] line = lines.next();
      for (int i = 0; i < LINES && line != null; i++) {
        widths.merge(line.length, 1L, Long::sum);
        line = lines.next();
      }
    } catch (FileRejectedException e) {
      // The quotes are malformed with this delimiter, so it is the wrong one.
      return 0;
    }
    return widths.entrySet().stream()
        .filter(width -> width.getKey() > 1)
        .mapToLong(width -> width.getValue() * 10_000 + width.getKey())
        .max()
        .orElse(0);
  }
}
