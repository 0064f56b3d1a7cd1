package io.trendflow.serving;

import static java.util.stream.Collectors.toSet;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows into a record whose components are the columns in snake_case. A component that is not
 * {@code @Nullable} must have a value; a list without one is empty, as in BigQuery.
 */
final class RecordReader<T extends Record> {
  private final Class<T> type;
  private final List<RecordComponent> components;
  private final Set<String> present;

  /** Of rows that have every column. */
  RecordReader(Class<T> type) {
    this(type, Stream.of(type.getRecordComponents()).map(RecordReader::column).collect(toSet()));
  }

  /**
   * Of rows of a table.
   *
   * @param present the columns that the table has; what it lacks is read as null
   * @throws IllegalArgumentException when it lacks one that must have a value
   */
  RecordReader(Class<T> type, Set<String> present) {
    this.type = type;
    this.components = List.of(type.getRecordComponents());
    this.present = present;
    for (RecordComponent component : components) {
      if (!present.contains(column(component)) && !maybeAbsent(component)) {
        throw new IllegalArgumentException("column \"" + column(component) + "\" not found");
      }
    }
  }

  private static boolean maybeAbsent(RecordComponent component) {
    AnnotatedType type = component.getAnnotatedType();
    return type instanceof AnnotatedParameterizedType || type.isAnnotationPresent(Nullable.class);
  }

  /** The name of a component's column. */
  static String column(RecordComponent component) {
    return component.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  /** The columns of a SELECT, quoted. */
  String columns() {
    return components.stream()
        .map(RecordReader::column)
        .map(column -> present.contains(column) ? '"' + column + '"' : "NULL")
        .collect(Collectors.joining(", "));
  }

  /**
   * The row that the cursor is at, its columns in the order of {@link #columns()}.
   *
   * @throws IllegalArgumentException naming the column whose value is missing or of another type
   */
  T read(ResultSet row) throws SQLException {
    Object[] values = new Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      RecordComponent component = components.get(i);
      values[i] = Values.of(row.getObject(i + 1), component.getAnnotatedType(), column(component));
    }
    return create(type, values);
  }

  /** A record of its components' values, in order. */
  static <R extends Record> R create(Class<R> type, Object[] values) {
    Class<?>[] types =
        Stream.of(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("record " + type.getName() + " can't be made", e);
    }
  }
}
