package io.trendflow.serving.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads rows into a record whose components are the columns in snake_case. A component that is not
 * {@code @Nullable} must have a value; a list without one is empty, as in BigQuery.
 */
final class RecordReader<R extends Record> {
  private final RecordType<R> type;
  private final List<CellReader> cells;

  /** Of rows that have every column, none of which is a list of records. */
  RecordReader(Class<R> type) {
    this.type = new RecordType<>(type);
    Map<String, String> all =
        this.type.columns().stream().collect(Collectors.toMap(column -> column, column -> ""));
    this.cells = cells(all);
  }

  /**
   * Of rows of a table.
   *
   * @param present the columns that the table has, and DuckDB's text for their types; what it lacks
   *     is read as null
   * @throws IllegalArgumentException when it lacks one that must have a value
   */
  RecordReader(Class<R> type, Map<String, String> present) {
    this.type = new RecordType<>(type);
    this.cells = cells(present);
    this.type.requireColumns(present.keySet());
  }

  private List<CellReader> cells(Map<String, String> present) {
    return type.components().stream().map(component -> CellReader.of(component, present)).toList();
  }

  /** What to SELECT. */
  String columns() {
    return cells.stream()
        .flatMap(some -> some.expressions().stream())
        .collect(Collectors.joining(", "));
  }

  /**
   * The row that the cursor is at, its columns in the order of {@link #columns()}.
   *
   * @throws IllegalArgumentException naming the column whose value is missing or of another type
   */
  R read(ResultSet row) throws SQLException {
    Object[] values = new Object[cells.size()];
    int next = 1;
    for (int i = 0; i < values.length; i++) {
      values[i] = cells.get(i).read(row, next);
      next += cells.get(i).expressions().size();
    }
    return type.create(values);
  }
}
