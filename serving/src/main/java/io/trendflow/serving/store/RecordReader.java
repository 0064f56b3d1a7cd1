package io.trendflow.serving.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads rows into records whose components are the columns in snake_case. A component that is not
 * {@code @Nullable} must have a value; a list that is null becomes empty, as in BigQuery.
 */
final class RecordReader<R extends Record> {
  private final RecordType<R> type;
  private final List<CellReader> cells;

  /** Creates a reader of rows that have every column, none of which is a list of records. */
  RecordReader(Class<R> type) {
    this.type = new RecordType<>(type);
    Map<String, String> all =
        this.type.columns().stream().collect(Collectors.toMap(column -> column, column -> ""));
    this.cells = cells(all);
  }

  /**
   * Creates a reader of rows of a table.
   *
   * @param present columns of the table and DuckDB's names of their types; a column that is missing
   *     is read as null
   * @throws IllegalArgumentException if the table lacks a column that must have a value
   */
  RecordReader(Class<R> type, Map<String, String> present) {
    this.type = new RecordType<>(type);
    this.cells = cells(present);
    this.type.requireColumns(present.keySet());
  }

  private List<CellReader> cells(Map<String, String> present) {
    return type.components().stream().map(component -> CellReader.of(component, present)).toList();
  }

  /** Returns the expressions to select. */
  String columns() {
    return cells.stream()
        .flatMap(some -> some.expressions().stream())
        .collect(Collectors.joining(", "));
  }

  /**
   * Reads the current row, whose columns are in the order of {@link #columns()}.
   *
   * @throws IllegalArgumentException naming the column whose value is missing or has another type
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
