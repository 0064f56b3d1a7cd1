package io.trendflow.ingestion.raw;

import java.util.Arrays;
import java.util.List;

/** Trimmed column names of one file. */
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

  /**
   * Returns the position of a column that the configuration names.
   *
   * @throws FileRejectedException if the file does not have the column or has it twice
   */
  public int index(String column) throws FileRejectedException {
    return indexes(List.of(column))[0];
  }

  /**
   * Returns the positions of the columns that the file has, in the order of the alternatives.
   *
   * @throws FileRejectedException if the file has none of the columns
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

  /**
   * Returns the positions of the columns that the file has; empty if it has none.
   *
   * @throws FileRejectedException if the file has one of them twice
   */
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
