package io.trendflow.ingestion;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Writes delimited text, with more quotes than necessary. */
record CsvTable(char delimiter, Random random) {
  String text(List<String> header, List<List<String>> rows) {
    String lineEnd = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
    StringBuilder text = new StringBuilder(line(header));
    for (List<String> row : rows) {
      text.append(lineEnd.repeat(1 + random.nextInt(10) / 9)).append(line(row));
    }
    return random.nextBoolean() ? text.append(lineEnd).toString() : text.toString();
  }

  private String line(List<String> fields) {
    return fields.stream().map(this::field).collect(Collectors.joining(String.valueOf(delimiter)));
  }

  private String field(String text) {
    boolean needed =
        text.indexOf(delimiter) >= 0 || text.chars().anyMatch(c -> "\"\r\n".indexOf(c) >= 0);
    return needed || random.nextInt(4) == 0 ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }
}
