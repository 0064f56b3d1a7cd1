package io.trendflow.serving;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * Records of one type, kept column by column and made again when they are asked for: ten bytes for
 * what an object would need a hundred for.
 */
final class Columns<R extends Record> extends AbstractList<R> implements RandomAccess {
  private final Map<String, Column> columns = new LinkedHashMap<>();
  private final List<Column> inOrder;
  private final MethodHandle[] accessors;
  private final MethodHandle constructor;
  private int size;

  Columns(Class<R> type) {
    RecordComponent[] components = type.getRecordComponents();
    accessors = new MethodHandle[components.length];
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      for (int i = 0; i < components.length; i++) {
        columns.put(components[i].getName(), Column.of(components[i].getAnnotatedType()));
        accessors[i] = boxed(lookup.unreflect(components[i].getAccessor()), 1);
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      constructor =
          boxed(lookup.unreflectConstructor(type.getDeclaredConstructor(types)), types.length)
              .asSpreader(Object[].class, types.length);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("record " + type.getName() + " can't be made", e);
    }
    inOrder = List.copyOf(columns.values());
  }

  private static MethodHandle boxed(MethodHandle handle, int parameters) {
    return handle.asType(java.lang.invoke.MethodType.genericMethodType(parameters));
  }

  /** Appends a record. */
  @Override
  public boolean add(R row) {
    try {
      for (int i = 0; i < accessors.length; i++) {
        inOrder.get(i).add((Object) accessors[i].invokeExact((Object) row));
      }
    } catch (Throwable e) {
      throw new IllegalStateException("a record can't be read", e);
    }
    size++;
    return true;
  }

  @Override
  @SuppressWarnings("unchecked") // the constructor is that of R
  public R get(int row) {
    Objects.checkIndex(row, size);
    Object[] values = new Object[accessors.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = inOrder.get(i).get(row);
    }
    try {
      return (R) (Object) constructor.invokeExact(values);
    } catch (Throwable e) {
      throw new IllegalStateException("a record can't be made", e);
    }
  }

  @Override
  public int size() {
    return size;
  }

  /** The values of a component. */
  <C extends Column> C column(String component, Class<C> kind) {
    return kind.cast(Objects.requireNonNull(columns.get(component), component));
  }
}
