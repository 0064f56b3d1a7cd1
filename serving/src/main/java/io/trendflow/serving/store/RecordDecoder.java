package io.trendflow.serving.store;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Converts a raw value of a warehouse to a type of our records. */
@FunctionalInterface
interface RecordDecoder {

  /**
   * Converts a raw value.
   *
   * @throws IllegalArgumentException naming the column whose value is missing or has another type
   */
  @Nullable Object of(@Nullable Object raw) throws SQLException;

  /** Returns the decoder of a type; a list that is null becomes empty. */
  static RecordDecoder to(AnnotatedType type, String column) {
    if (type instanceof AnnotatedParameterizedType list) {
      RecordDecoder elements = to(list.getAnnotatedActualTypeArguments()[0], column);
      return raw -> list(elements, array(raw, column));
    }
    Class<?> target = (Class<?>) type.getType();
    if (target.isRecord()) {
      return structs(new FieldsReader<>(target.asSubclass(Record.class)), column);
    }
    boolean nullable = type.isAnnotationPresent(Nullable.class);
    UnaryOperator<@Nullable Object> scalars = ScalarDecoder.to(target);
    return raw -> {
      Object value = raw == null ? absent(nullable, column) : scalars.apply(raw);
      if (value == null && raw != null) {
        throw new IllegalArgumentException(
            "column " + column + " has the value " + raw + ", not a " + target.getSimpleName());
      }
      return value;
    };
  }

  private static RecordDecoder structs(FieldsReader<?> reader, String column) {
    return raw -> {
      if (!(raw instanceof ColumnReader struct)) {
        throw new IllegalArgumentException(
            "column " + column + " has the value " + raw + ", not a record");
      }
      return reader.read(struct);
    };
  }

  private static @Nullable Object absent(boolean nullable, String column) {
    if (!nullable) {
      throw new IllegalArgumentException("column " + column + " lacks a value");
    }
    return null;
  }

  private static List<?> list(RecordDecoder elements, @Nullable Object[] raw) throws SQLException {
    List<Object> values = new ArrayList<>(raw.length);
    for (Object value : raw) {
      values.add(elements.of(value));
    }
    return List.copyOf(values);
  }

  /** Returns the elements of a list; empty if the list is null. */
  static @Nullable Object[] array(@Nullable Object raw, String column) throws SQLException {
    if (raw == null) {
      return new Object[0];
    }
    if (raw instanceof List<?> list) {
      return list.toArray();
    }
    if (!(raw instanceof Array array)) {
      throw new IllegalArgumentException(
          "column " + column + " has the value " + raw + ", not a list");
    }
    return (@Nullable Object[]) array.getArray();
  }
}
