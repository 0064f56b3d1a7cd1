package io.trendflow.serving.store;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Column of whole numbers that are never null. */
public final class WholeColumn implements PackedColumn {
  private long[] values = new long[0];
  private int size;

  @Override
  public void add(@Nullable Object value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, PackedColumn.grown(size));
    }
    values[size++] = (Long) Objects.requireNonNull(value);
  }

  @Override
  public Long get(int row) {
    return values[row];
  }

  @Override
  public void trim() {
    values = Arrays.copyOf(values, size);
  }
}
