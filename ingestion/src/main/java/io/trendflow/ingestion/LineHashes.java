package io.trendflow.ingestion;

import java.util.Arrays;

/** Hashes of lines with the first file of each, in a table of primitive numbers. */
final class LineHashes {
  /** Largest number of lines, which take about 100 MB. */
  static final int MOST = 4_000_000;

  private static final int NONE = -1;

  private long[] hashes = new long[1 << 12];
  private int[] files = filled(1 << 12);
  private int size;

  private static int[] filled(int length) {
    int[] files = new int[length];
    Arrays.fill(files, NONE);
    return files;
  }

  /** Returns the first file with a line, after adding the line if it is new. */
  int firstFile(long hash, int file) {
    if (2 * size >= hashes.length) {
      grow();
    }
    int at = place(hashes, files, hash);
    if (files[at] == NONE && size < MOST) {
      hashes[at] = hash;
      files[at] = file;
      size++;
    }
    return files[at] == NONE ? file : files[at];
  }

  private static int place(long[] hashes, int[] files, long hash) {
    int at = Long.hashCode(hash * 0x9E3779B97F4A7C15L) & (hashes.length - 1);
    while (files[at] != NONE && hashes[at] != hash) {
      at = (at + 1) & (hashes.length - 1);
    }
    return at;
  }

  private void grow() {
    long[] more = new long[2 * hashes.length];
    int[] moreFiles = filled(more.length);
    for (int i = 0; i < hashes.length; i++) {
      if (files[i] != NONE) {
        int at = place(more, moreFiles, hashes[i]);
        more[at] = hashes[i];
        moreFiles[at] = files[i];
      }
    }
    hashes = more;
    files = moreFiles;
  }
}
