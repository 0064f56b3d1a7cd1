package io.trendflow.serving.store;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates records of a type and reads their components; reflects on the type only once. */
public final class RecordType<R extends Record> {
  private final List<RecordComponent> components;
  private final MethodHandle[] accessors;
  private final MethodHandle constructor;

  public RecordType(Class<R> type) {
    components = List.of(type.getRecordComponents());
    accessors = new MethodHandle[components.size()];
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      for (int i = 0; i < accessors.length; i++) {
        accessors[i] = boxed(lookup.unreflect(components.get(i).getAccessor()), 1);
      }
      constructor =
          boxed(lookup.unreflectConstructor(type.getDeclaredConstructor(types)), types.length)
              .asSpreader(Object[].class, types.length);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("record " + type.getName() + " can't be accessed", e);
    }
  }

  private static MethodHandle boxed(MethodHandle handle, int parameters) {
    return handle.asType(MethodType.genericMethodType(parameters));
  }

  List<RecordComponent> components() {
    return components;
  }

  /** Returns the names of the components' columns. */
  public List<String> columns() {
    return components.stream().map(RecordType::column).toList();
  }

  /** Returns the name of a component's column, in snake_case. */
  static String column(RecordComponent component) {
    return component.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  /**
   * Rejects a table that lacks a column that must have a value.
   *
   * @param present columns of the table
   * @throws IllegalArgumentException naming the column
   */
  void requireColumns(Set<String> present) {
    for (RecordComponent component : components) {
      if (!present.contains(column(component)) && !maybeAbsent(component.getAnnotatedType())) {
        throw new IllegalArgumentException("column \"" + column(component) + "\" not found");
      }
    }
  }

  private static boolean maybeAbsent(AnnotatedType type) {
    return type instanceof AnnotatedParameterizedType || type.isAnnotationPresent(Nullable.class);
  }

  /** Returns the value of a column. */
  @Nullable Object value(Record row, String column) {
    for (int i = 0; i < accessors.length; i++) {
      if (column(components.get(i)).equals(column)) {
        try {
          return (Object) accessors[i].invokeExact((Object) row);
        } catch (Throwable e) {
          throw new IllegalStateException("a record can't be read", e);
        }
      }
    }
    throw new IllegalArgumentException("the record has no component for the column " + column);
  }

  /** Creates a record from the values of its components, in order. */
  @SuppressWarnings("unchecked") // the constructor is that of R
  R create(Object[] values) {
    try {
      return (R) (Object) constructor.invokeExact(values);
    } catch (Throwable e) {
      throw new IllegalStateException("a record can't be created", e);
    }
  }

  /** Returns the value of a component; components are numbered from 0. */
  public @Nullable Object get(R row, int component) {
    try {
      return (Object) accessors[component].invokeExact((Object) row);
    } catch (Throwable e) {
      throw new IllegalStateException("a record can't be read", e);
    }
  }
}
