package io.trendflow.ingestion;

import java.util.Arrays;
import java.util.List;

/** The trimmed column names of one file. */
final class Header {
  private final RawFile file;
  private final List<String> columns;

  Header(RawFile file, String... names) {
    this.file = file;
    this.columns = Arrays.stream(names).map(String::strip).toList();
  }

  RawFile file() {
    return file;
  }

  List<String> columns() {
    return columns;
  }

  int size() {
    return columns.size();
  }

  /** Position of a column that the configuration names. */
  int index(String column) throws Refusal {
    return indexes(List.of(column))[0];
  }

  /**
   * Positions of those columns that the file has, in their order.
   *
   * @throws Refusal if it has none of them
   */
  int[] indexes(List<String> alternatives) throws Refusal {
    int[] indexes = present(alternatives);
    if (indexes.length == 0) {
      throw new Refusal(
          file.label()
              + " has no column "
              + String.join(" or ", alternatives)
              + ": its columns are "
              + BoundField.shortened(columns)
              + ".");
    }
    return indexes;
  }

  /** The same where the file need not have any. */
  int[] present(List<String> alternatives) throws Refusal {
    for (String column : alternatives) {
      if (columns.indexOf(column) != columns.lastIndexOf(column)) {
        throw new Refusal(
            file.label() + " has several columns named " + column + ": give each its own name.");
      }
    }
    return alternatives.stream().mapToInt(columns::indexOf).filter(index -> index >= 0).toArray();
  }
}
