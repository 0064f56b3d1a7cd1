package io.trendflow.ingestion.raw;

import java.util.Arrays;
import java.util.List;

/** The trimmed column names of one file. */
public final class FileHeader {
  private final RawFile file;
  private final List<String> columns;

  public FileHeader(RawFile file, String... names) {
    this.file = file;
    this.columns = Arrays.stream(names).map(String::strip).toList();
  }

  public RawFile file() {
    return file;
  }

  public List<String> columns() {
    return columns;
  }

  public int size() {
    return columns.size();
  }

  /** Position of a column that the configuration names. */
  public int index(String column) throws FileRejectedException {
    return indexes(List.of(column))[0];
  }

  /**
   * Positions of those columns that the file has, in their order.
   *
   * @throws FileRejectedException if it has none of them
   */
  public int[] indexes(List<String> alternatives) throws FileRejectedException {
    int[] indexes = present(alternatives);
    if (indexes.length == 0) {
      throw new FileRejectedException(
          file.label()
              + " has no column "
              + String.join(" or ", alternatives)
              + ": its columns are "
              + QuotedText.shortened(columns)
              + ".");
    }
    return indexes;
  }

  /** The same where the file need not have any. */
  public int[] present(List<String> alternatives) throws FileRejectedException {
    for (String column : alternatives) {
      if (columns.indexOf(column) != columns.lastIndexOf(column)) {
        throw new FileRejectedException(
            file.label() + " has several columns named " + column + ": give each its own name.");
      }
    }
    return alternatives.stream().mapToInt(columns::indexOf).filter(index -> index >= 0).toArray();
  }
}
