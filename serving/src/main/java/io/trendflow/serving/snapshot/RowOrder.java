package io.trendflow.serving.snapshot;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Sorts row numbers without creating an object for each. */
final class RowOrder {
  private RowOrder() {}

  /** Sorts rows by their values, the largest first and NaN last. The sort is stable. */
  static int[] descending(int[] rows, IntToDoubleFunction values) {
    double[] sorted = Arrays.stream(rows).mapToDouble(row -> key(values, row)).toArray();
    Arrays.parallelSort(sorted);
    // High bits: the number of smaller keys; low bits: the position, which makes the sort stable.
    long[] keys = new long[rows.length];
    Arrays.parallelSetAll(
        keys, place -> (long) before(sorted, key(values, rows[place])) << Integer.SIZE | place);
    Arrays.parallelSort(keys);
    return Arrays.stream(keys).mapToInt(key -> rows[(int) key]).toArray();
  }

  /** Returns the rows from 0 to before a size. */
  static int[] natural(int size) {
    return IntStream.range(0, size).toArray();
  }

  private static double key(IntToDoubleFunction values, int row) {
    double value = values.applyAsDouble(row);
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : -value;
  }

  private static int before(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Double.compare(sorted[middle], value) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
