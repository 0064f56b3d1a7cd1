package io.trendflow.ingestion.init;

import io.trendflow.ingestion.raw.NumberedLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the header of a table below a preamble: the first line of the widest stable block. */
final class HeaderGuess {
  /** Number of lines that are looked at. */
  static final int LINES = 200;

  private HeaderGuess() {}

  /** Returns how many lines of the file are above the header. */
  static int skippedLines(List<NumberedLine> lines) {
    int width = width(lines);
    if (width < 2) {
      return 0;
    }
    long needed = width <= 3 ? width : (width + 1) / 2;
    for (int i = 0; i < lines.size(); i++) {
      NumberedLine line = lines.get(i);
      if (line.filled() >= needed) {
        return i == 0 || isOfValues(line.fields()) ? 0 : (int) line.number() - 1;
      }
    }
    return 0;
  }

  /** Returns the most frequent number of fields above one, the larger of two as frequent ones. */
  private static int width(List<NumberedLine> lines) {
    Map<Integer, Integer> counts = new HashMap<>();
    lines.forEach(line -> counts.merge(line.fields().size(), 1, Integer::sum));
    return counts.entrySet().stream()
        .filter(count -> count.getKey() > 1)
        .max(
            Map.Entry.<Integer, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(0);
  }

  /** Returns whether a line consists of values and is therefore not a header. */
  static boolean isOfValues(List<String> fields) {
    if (hasDatesAcross(fields)) {
      return false;
    }
    long values =
        fields.stream()
            .filter(
                name ->
                    name.isBlank()
                        || (NumberForm.isNumeric(name) && !name.matches(".*\\p{L}.*"))
                        || isDate(name))
            .count();
    return 2 * values >= fields.size();
  }

  /** Returns whether a header names a column and then at least three dates. */
  private static boolean hasDatesAcross(List<String> fields) {
    long dates = fields.stream().filter(HeaderGuess::isDate).distinct().count();
    return dates >= 3
        && fields.stream().anyMatch(name -> !isDate(name) && name.matches(".*\\p{L}.*"))
        && fields.stream().noneMatch(name -> NumberForm.isNumeric(name) && !isDate(name));
  }

  private static boolean isDate(String name) {
    return DateGuess.of(List.of(name.strip()), false).isDate();
  }
}
