package io.trendflow.serving.store;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the value of a record's component from one or more cells of a query's row. */
sealed interface CellReader {

  /** Returns the expressions to select, one for each cell. */
  List<String> expressions();

  /** Reads the value from the cells of the current row, beginning at {@code first}. */
  @Nullable Object read(ResultSet row, int first) throws SQLException;

  /**
   * Creates the reader of a component.
   *
   * @param present columns of the table and DuckDB's names of their types; a column that is missing
   *     is read as null
   */
  static CellReader of(RecordComponent component, Map<String, String> present) {
    String column = RecordType.column(component);
    AnnotatedType type = component.getAnnotatedType();
    if (type instanceof AnnotatedParameterizedType list
        && list.getAnnotatedActualTypeArguments()[0].getType() instanceof Class<?> element
        && element.isRecord()) {
      return Structs.of(column, element.asSubclass(Record.class), present.get(column));
    }
    boolean there = present.containsKey(column);
    return new One(there ? quoted(column) : "NULL", RecordDecoder.to(type, column));
  }

  private static String quoted(String column) {
    return '"' + column + '"';
  }

  /** Reads the value from one cell. */
  record One(String expression, RecordDecoder values) implements CellReader {
    @Override
    public List<String> expressions() {
      return List.of(expression);
    }

    @Override
    public @Nullable Object read(ResultSet row, int first) throws SQLException {
      return values.of(row.getObject(first));
    }
  }

  /**
   * Reads a list of structs as one list per field. DuckDB takes half a minute to return a million
   * lists of structs, and a fraction of that for lists of their fields.
   */
  record Structs<R extends Record>(
      String column, RecordType<R> type, List<String> expressions, List<RecordDecoder> fields)
      implements CellReader {

    static <R extends Record> Structs<R> of(
        String column, Class<R> element, @Nullable String present) {
      RecordType<R> type = new RecordType<>(element);
      return new Structs<>(
          column,
          type,
          type.columns().stream().map(field -> expression(column, field, present)).toList(),
          type.components().stream()
              .map(c -> RecordDecoder.to(c.getAnnotatedType(), column + "." + RecordType.column(c)))
              .toList());
    }

    private static String expression(String column, String field, @Nullable String present) {
      boolean there = present != null && present.matches(".*[( ]\"?" + field + "\"? .*");
      return there
          ? "list_transform(" + quoted(column) + ", x -> x." + quoted(field) + ")"
          : "NULL";
    }

    @Override
    public List<R> read(ResultSet row, int first) throws SQLException {
      List<@Nullable Object[]> lists = new ArrayList<>();
      for (int i = 0; i < fields.size(); i++) {
        lists.add(RecordDecoder.array(row.getObject(first + i), column));
      }
      int length = lists.stream().mapToInt(list -> list.length).max().orElse(0);
      List<R> records = new ArrayList<>(length);
      for (int element = 0; element < length; element++) {
        records.add(record(lists, element));
      }
      return List.copyOf(records);
    }

    private R record(List<@Nullable Object[]> lists, int element) throws SQLException {
      Object[] values = new Object[lists.size()];
      for (int i = 0; i < values.length; i++) {
        @Nullable Object[] list = lists.get(i);
        values[i] = fields.get(i).of(list.length == 0 ? null : list[element]);
      }
      return type.create(values);
    }
  }
}
