package io.trendflow.serving.store;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Turns what a warehouse returns into a type of our records, and refuses what doesn't fit. */
@FunctionalInterface
interface RecordDecoder {

  /**
   * The value that a raw one stands for.
   *
   * @throws IllegalArgumentException naming the column whose value is missing or of another type
   */
  @Nullable Object of(@Nullable Object raw) throws SQLException;

  /** Those of a type; a list that is null is empty. */
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
            "column " + column + " holds " + raw + ", which is no " + target.getSimpleName());
      }
      return value;
    };
  }

  private static RecordDecoder structs(FieldsReader<?> reader, String column) {
    return raw -> {
      if (!(raw instanceof ColumnReader struct)) {
        throw new IllegalArgumentException("column " + column + " holds " + raw + ", no record");
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

  /** The elements of a list; none of one that is null. */
  static @Nullable Object[] array(@Nullable Object raw, String column) throws SQLException {
    if (raw == null) {
      return new Object[0];
    }
    if (raw instanceof List<?> list) {
      return list.toArray();
    }
    if (!(raw instanceof Array array)) {
      throw new IllegalArgumentException("column " + column + " holds " + raw + ", not a list");
    }
    return (@Nullable Object[]) array.getArray();
  }
}
