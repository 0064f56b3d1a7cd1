package io.trendflow.serving.store;

import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Copies records for tests. */
public final class Copies {
  private static final ClassValue<Map<String, RecordComponent>> COLUMNS =
      new ClassValue<>() {
        @Override
        protected Map<String, RecordComponent> computeValue(Class<?> type) {
          return Stream.of(type.getRecordComponents())
              .collect(Collectors.toMap(RecordType::column, component -> component));
        }
      };

  private Copies() {}

  /** Returns a copy of a row that has another value in one component. */
  public static <R extends Record> R with(R row, String component, @Nullable Object value) {
    RecordComponent[] components = row.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    boolean found = false;
    for (int i = 0; i < values.length; i++) {
      boolean changed = components[i].getName().equals(component);
      found |= changed;
      values[i] = changed ? value : read(row, components[i]);
    }
    if (!found) {
      throw new IllegalArgumentException(row.getClass() + " has no " + component);
    }
    @SuppressWarnings("unchecked") // the class of an R makes an R
    Class<R> type = (Class<R>) row.getClass();
    return new RecordType<>(type).create(values);
  }

  /** Returns the value of a column; null if the record lacks the column. */
  static @Nullable Object column(Record row, String column) {
    RecordComponent component = COLUMNS.get(row.getClass()).get(column);
    return component == null ? null : read(row, component);
  }

  /** Returns the value of a component. */
  static @Nullable Object read(Record row, RecordComponent component) {
    try {
      return component.getAccessor().invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
