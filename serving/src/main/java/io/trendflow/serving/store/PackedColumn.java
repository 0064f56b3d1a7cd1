package io.trendflow.serving.store;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import org.jspecify.annotations.Nullable;

/**
 * Column of values of one type in a compact form: a million values take a few objects. Rows are
 * numbered from 0.
 */
sealed interface PackedColumn
    permits ListColumn, NumberColumn, RecordColumn, TermColumn, TextColumn, WholeColumn {

  /** Appends a value. */
  void add(@Nullable Object value);

  /** Returns the value of a row. */
  @Nullable Object get(int row);

  /** Releases memory that is reserved for further values. */
  void trim();

  /** Creates an empty column for the values of a record's component. */
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

  /** Returns the next length of an array that is full. */
  static int grown(int size) {
    return Math.max(16, Math.toIntExact(Math.min(Integer.MAX_VALUE - 8L, size * 3L / 2 + 1)));
  }
}
