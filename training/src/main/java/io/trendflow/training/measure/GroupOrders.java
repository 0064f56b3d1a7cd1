package io.trendflow.training.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.stream.IntStream;

/**
 * Orders of the rows of a group by their values. Each is computed once, because several metrics ask
 * for it. Not thread-safe.
 */
final class GroupOrders {
  /** Positions of the rows in the order of their products. */
  private final int[] byProduct;

  /** Orders by the array of their values. */
  private final IdentityHashMap<double[], int[]> known = new IdentityHashMap<>();

  private GroupOrders(int[] byProduct) {
    this.byProduct = byProduct;
  }

  /** Returns the orders of rows with these product ids. */
  static GroupOrders of(String[] ids) {
    return new GroupOrders(
        IntStream.range(0, ids.length)
            .boxed()
            .sorted(Comparator.comparing(i -> ids[i]))
            .mapToInt(Integer::intValue)
            .toArray());
  }

  /** Returns the orders of the rows at the given positions, with repetitions. */
  GroupOrders at(int[] positions) {
    int[] places = new int[byProduct.length];
    for (int place = 0; place < byProduct.length; place++) {
      places[byProduct[place]] = place;
    }
    long[] keys = new long[positions.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (long) places[positions[i]] << Integer.SIZE | i;
    }
    Arrays.sort(keys);
    return new GroupOrders(Arrays.stream(keys).mapToInt(key -> (int) key).toArray());
  }

  /**
   * Returns the positions by descending value, ties by product id.
   *
   * @return an array that must not be changed
   */
  int[] order(double[] values) {
    return known.computeIfAbsent(values, this::computed);
  }

  /**
   * Counts the rows of each value and gives out their places by product. It compares numbers only:
   * sorting a million positions by two keys takes several times as long.
   */
  private int[] computed(double[] values) {
    double[] sorted = new double[values.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = -values[i];
    }
    Arrays.sort(sorted);
    double[] distinct = new double[sorted.length];
    int[] next = new int[sorted.length];
    int count = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || Double.compare(sorted[i], sorted[i - 1]) != 0) {
        distinct[count] = sorted[i];
        next[count++] = i;
      }
    }
    int[] order = new int[values.length];
    for (int position : byProduct) {
      order[next[Arrays.binarySearch(distinct, 0, count, -values[position])]++] = position;
    }
    return order;
  }
}
