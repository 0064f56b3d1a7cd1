package io.trendflow.ingestion;

import java.util.Arrays;
import java.util.List;

/** The trimmed column names of one file. */
final class Header {
  private final RawFile file;
  private final List<String> columns;

  Header(RawFile file, String[] names) {
    this.file = file;
    this.columns = Arrays.stream(names).map(String::strip).toList();
  }

  int size() {
    return columns.size();
  }

  /** Position of a column that the configuration names. */
  int index(String column) throws Refusal {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw new Refusal(
          file.label() + " has no column " + column + ": its columns are " + columns + ".");
    }
    if (index != columns.lastIndexOf(column)) {
      throw new Refusal(
          file.label() + " has several columns named " + column + ": give each its own name.");
    }
    return index;
  }

  /** Positions of several columns, in their order. */
  int[] indexes(List<String> names) throws Refusal {
    int[] indexes = new int[names.size()];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = index(names.get(i));
    }
    return indexes;
  }
}
