package io.trendflow.serving.store;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Column of lists whose elements are stored consecutively in another column. */
final class ListColumn implements PackedColumn {
  private final PackedColumn elements;
  private int[] ends = new int[0];
  private int size;

  ListColumn(PackedColumn elements) {
    this.elements = elements;
  }

  @Override
  public void add(@Nullable Object value) {
    List<?> list = (List<?>) Objects.requireNonNull(value);
    list.forEach(elements::add);
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, PackedColumn.grown(size));
    }
    ends[size] = Math.addExact(start(size), list.size());
    size++;
  }

  /**
   * Returns a list that creates its elements on access, because most callers that scan all rows do
   * not need them.
   */
  @Override
  public List<?> get(int row) {
    int start = start(row);
    int length = ends[row] - start;
    return new AbstractList<@Nullable Object>() {
      @Override
      public @Nullable Object get(int index) {
        return elements.get(start + Objects.checkIndex(index, length));
      }

      @Override
      public int size() {
        return length;
      }
    };
  }

  private int start(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  @Override
  public void trim() {
    elements.trim();
    ends = Arrays.copyOf(ends, size);
  }
}
