package io.trendflow.serving.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Column of numbers that stores null as NaN. */
public final class NumberColumn implements PackedColumn {
  private double[] values = new double[0];
  private int size;

  @Override
  public void add(@Nullable Object value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, PackedColumn.grown(size));
    }
    values[size++] = value == null ? Double.NaN : (Double) value;
  }

  @Override
  public @Nullable Double get(int row) {
    return Double.isNaN(values[row]) ? null : (Double) values[row];
  }

  /** Returns the value of a row without boxing; NaN for null. */
  public double number(int row) {
    return values[row];
  }

  @Override
  public void trim() {
    values = Arrays.copyOf(values, size);
  }
}
