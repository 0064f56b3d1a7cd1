package io.trendflow.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Record of a CSV file: values in the order of the file's columns. */
record CsvRow(List<String> columns, List<String> values) {
  static CsvRow header(List<String> columns) {
    return new CsvRow(columns, columns);
  }

  /** Returns a copy with one column changed. */
  CsvRow with(String column, UnaryOperator<String> change) {
    List<String> changed = new ArrayList<>(values);
    int at = columns.indexOf(column);
    changed.set(at, change.apply(values.get(at)));
    return new CsvRow(columns, changed);
  }

  /** Returns a copy that ends after the first {@code count} columns. */
  CsvRow first(int count) {
    return new CsvRow(columns, values.subList(0, count));
  }

  /** Returns the record as text by RFC 4180, its line end included. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (String value : values) {
      text.append(quoted(value)).append(',');
    }
    text.setCharAt(text.length() - 1, '\n');
    return text.toString();
  }

  private static String quoted(String value) {
    boolean plain = value.indexOf(',') < 0 && value.indexOf('"') < 0 && value.indexOf('\n') < 0;
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
