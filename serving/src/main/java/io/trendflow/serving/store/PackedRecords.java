package io.trendflow.serving.store;

import java.lang.reflect.RecordComponent;
import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * Records of one type, stored by column and created on access: a record takes about ten bytes
 * instead of a hundred.
 */
public final class PackedRecords<R extends Record> extends AbstractList<R> implements RandomAccess {
  private final Map<String, PackedColumn> columns = new LinkedHashMap<>();
  private final List<PackedColumn> inOrder;
  private final RecordType<R> type;
  private int size;

  PackedRecords(Class<R> type) {
    this.type = new RecordType<>(type);
    for (RecordComponent component : this.type.components()) {
      columns.put(component.getName(), PackedColumn.of(component.getAnnotatedType()));
    }
    inOrder = List.copyOf(columns.values());
  }

  /** Appends a record. */
  @Override
  public boolean add(R row) {
    for (int i = 0; i < inOrder.size(); i++) {
      inOrder.get(i).add(type.get(row, i));
    }
    size++;
    return true;
  }

  @Override
  public R get(int row) {
    Objects.checkIndex(row, size);
    Object[] values = new Object[inOrder.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = inOrder.get(i).get(row);
    }
    return type.create(values);
  }

  @Override
  public int size() {
    return size;
  }

  /** Releases memory that is reserved for further records. */
  void trim() {
    inOrder.forEach(PackedColumn::trim);
  }

  /** Returns the column of a component. */
  public <C extends PackedColumn> C column(String component, Class<C> kind) {
    return kind.cast(Objects.requireNonNull(columns.get(component), component));
  }
}
