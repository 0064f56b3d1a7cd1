package io.trendflow.serving.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * Converts each {@link ColumnReader} to a record whose components are its columns in snake_case. A
 * component that is not {@code @Nullable} must have a value; a list that is null becomes empty.
 */
final class FieldsReader<R extends Record> {
  private final RecordType<R> type;
  private final List<String> columns;
  private final List<RecordDecoder> values;

  FieldsReader(Class<R> type) {
    this.type = new RecordType<>(type);
    this.columns = this.type.columns();
    this.values =
        this.type.components().stream()
            .map(c -> RecordDecoder.to(c.getAnnotatedType(), RecordType.column(c)))
            .toList();
  }

  /**
   * Returns the columns to read, among those that a table has.
   *
   * @throws IllegalArgumentException if the table lacks a column that must have a value
   */
  List<String> columns(Set<String> present) {
    type.requireColumns(present);
    return columns.stream().filter(present::contains).toList();
  }

  /**
   * Converts a row.
   *
   * @throws IllegalArgumentException naming the column whose value is missing or has another type
   */
  R read(ColumnReader row) {
    Object[] read = new Object[values.size()];
    try {
      for (int i = 0; i < read.length; i++) {
        read[i] = values.get(i).of(row.get(columns.get(i)));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("only JDBC values throw it", e);
    }
    return type.create(read);
  }
}
