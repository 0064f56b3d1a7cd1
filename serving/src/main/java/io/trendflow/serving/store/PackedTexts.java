package io.trendflow.serving.store;

import java.util.Arrays;

/** Texts stored as consecutive bytes. Rows are numbered from 0. */
public final class PackedTexts {
  private byte[] all = new byte[0];
  private int[] ends = new int[0];
  private int size;

  public void add(byte[] text) {
    int start = start(size);
    int end = Math.addExact(start, text.length);
    if (end > all.length) {
      all = Arrays.copyOf(all, Math.max(PackedColumn.grown(end), 1024));
    }
    System.arraycopy(text, 0, all, start, text.length);
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, PackedColumn.grown(size));
    }
    ends[size++] = end;
  }

  /**
   * Returns the bytes of all rows; those of one row are from {@link #start} (inclusive) to {@link
   * #end} (exclusive).
   */
  public byte[] all() {
    return all;
  }

  public int start(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  public int end(int row) {
    return ends[row];
  }

  public void trim() {
    all = Arrays.copyOf(all, start(size));
    ends = Arrays.copyOf(ends, size);
  }
}
