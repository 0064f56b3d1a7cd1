package io.trendflow.serving.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Column of records, stored by column. */
record RecordColumn<R extends Record>(PackedRecords<R> columns) implements PackedColumn {
  @Override
  @SuppressWarnings("unchecked") // the component's type is R
  public void add(@Nullable Object value) {
    columns.add((R) Objects.requireNonNull(value));
  }

  @Override
  public Object get(int row) {
    return columns.get(row);
  }

  @Override
  public void trim() {
    columns.trim();
  }
}
