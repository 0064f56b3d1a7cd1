package io.trendflow.serving.store;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import org.jspecify.annotations.Nullable;

/** Values of one type, packed: a million of them are a few objects. Rows are counted from 0. */
sealed interface PackedColumn
    permits ListColumn, NumberColumn, RecordColumn, TermColumn, TextColumn, WholeColumn {

  /** Appends a value. */
  void add(@Nullable Object value);

  /** The value of a row. */
  @Nullable Object get(int row);

  /** Gives back the room that was kept for further values. */
  void trim();

  /** An empty column for the values of a record's component. */
  static PackedColumn of(AnnotatedType type) {
    if (type instanceof AnnotatedParameterizedType list) {
      return new ListColumn(of(list.getAnnotatedActualTypeArguments()[0]));
    }
    Class<?> values = (Class<?>) type.getType();
    if (values.isRecord()) {
      return new RecordColumn<>(new PackedRecords<>(values.asSubclass(Record.class)));
    }
    if (values == double.class || values == Double.class) {
      return new NumberColumn();
    }
    if (values == long.class) {
      return new WholeColumn();
    }
    return values == String.class ? new TextColumn() : new TermColumn();
  }

  /** The length of an array that has become too short at a size. */
  static int grown(int size) {
    return Math.max(16, Math.toIntExact(Math.min(Integer.MAX_VALUE - 8L, size * 3L / 2 + 1)));
  }
}
