package io.trendflow.training.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Predictions of one method for one group of rows, as parallel arrays, which must not be changed.
 * Orders and uplifts are computed once, because several metrics ask for them. Not thread-safe.
 */
final class GroupPredictions {
  private final String[] ids;
  private final double[] actual;
  private final double[] baseline;
  private final double[] price;
  private final double[] expected;
  private final double[] median;
  private final double[] lower;
  private final double[] upper;

  /** Positions of the rows in the order of their products. */
  private final Supplier<int[]> byProduct;

  /** Orders by the array of their values; shared with other predictions of the same rows. */
  private final Map<double[], int[]> orders;

  private double @Nullable [] actualUplift;
  private double @Nullable [] predictedUplift;

  /**
   * Creates predictions.
   *
   * @param ids product ids, by which ties are broken
   * @param actual actual units
   * @param baseline baseline units
   * @param price price of a unit, never missing
   * @param expected predicted mean
   * @param median predicted median
   * @param lower lower end of the interval; NaN if there is none
   * @param upper upper end of the interval; NaN if there is none
   */
  GroupPredictions(
      String[] ids,
      double[] actual,
      double[] baseline,
      double[] price,
      double[] expected,
      double[] median,
      double[] lower,
      double[] upper) {
    this(
        ids,
        actual,
        baseline,
        price,
        expected,
        median,
        lower,
        upper,
        new OnceComputed(() -> sorted(ids)),
        new IdentityHashMap<>());
  }

  private GroupPredictions(
      String[] ids,
      double[] actual,
      double[] baseline,
      double[] price,
      double[] expected,
      double[] median,
      double[] lower,
      double[] upper,
      Supplier<int[]> byProduct,
      Map<double[], int[]> orders) {
    this.ids = ids;
    this.actual = actual;
    this.baseline = baseline;
    this.price = price;
    this.expected = expected;
    this.median = median;
    this.lower = lower;
    this.upper = upper;
    this.byProduct = byProduct;
    this.orders = orders;
  }

  /** Value that is computed on its first use. */
  private static final class OnceComputed implements Supplier<int[]> {
    private final Supplier<int[]> source;
    private int @Nullable [] value;

    private OnceComputed(Supplier<int[]> source) {
      this.source = source;
    }

    @Override
    public int[] get() {
      int[] known = value;
      if (known == null) {
        known = source.get();
        value = known;
      }
      return known;
    }
  }

  int size() {
    return ids.length;
  }

  String[] ids() {
    return ids;
  }

  double[] actual() {
    return actual;
  }

  double[] baseline() {
    return baseline;
  }

  double[] price() {
    return price;
  }

  double[] expected() {
    return expected;
  }

  double[] median() {
    return median;
  }

  double[] lower() {
    return lower;
  }

  double[] upper() {
    return upper;
  }

  double[] actualUplift() {
    double[] known = actualUplift;
    if (known == null) {
      known = less(actual, baseline);
      actualUplift = known;
    }
    return known;
  }

  double[] predictedUplift() {
    double[] known = predictedUplift;
    if (known == null) {
      known = less(expected, baseline);
      predictedUplift = known;
    }
    return known;
  }

  /** Returns the same rows with other predictions and without intervals. */
  GroupPredictions predicted(double[] expected, double[] median) {
    double[] none = new double[size()];
    Arrays.fill(none, Double.NaN);
    GroupPredictions other =
        new GroupPredictions(
            ids, actual, baseline, price, expected, median, none, none, byProduct, orders);
    other.actualUplift = actualUplift();
    return other;
  }

  /** Returns the rows at the given positions in the given order, with repetitions. */
  GroupPredictions at(int[] positions) {
    return new GroupPredictions(
        IntStream.of(positions).mapToObj(i -> ids[i]).toArray(String[]::new),
        at(actual, positions),
        at(baseline, positions),
        at(price, positions),
        at(expected, positions),
        at(median, positions),
        at(lower, positions),
        at(upper, positions),
        new OnceComputed(() -> drawn(positions)),
        new IdentityHashMap<>());
  }

  static double[] at(double[] values, int[] positions) {
    double[] taken = new double[positions.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = values[positions[i]];
    }
    return taken;
  }

  /** Returns the positions in the order of the ids, of which most groups are already. */
  private static int[] sorted(String[] ids) {
    return IntStream.range(0, ids.length)
        .boxed()
        .sorted(Comparator.comparing(i -> ids[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Returns the positions of drawn rows in the order of their products. */
  private int[] drawn(int[] positions) {
    int[] places = new int[size()];
    int[] products = byProduct.get();
    for (int place = 0; place < products.length; place++) {
      places[products[place]] = place;
    }
    long[] keys = new long[positions.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (long) places[positions[i]] << Integer.SIZE | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  /**
   * Returns the positions by descending value, ties by product id.
   *
   * @return an array that must not be changed
   */
  int[] order(double[] values) {
    return orders.computeIfAbsent(values, this::computeOrder);
  }

  /**
   * Counts the rows of each value and gives out their places by product. It compares numbers only:
   * sorting a million positions by two keys takes several times as long.
   */
  private int[] computeOrder(double[] values) {
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
    for (int position : byProduct.get()) {
      order[next[Arrays.binarySearch(distinct, 0, count, -values[position])]++] = position;
    }
    return order;
  }

  /** Returns the positions of the {@code k} highest values, ties by product id. */
  int[] top(double[] values, int k) {
    return Arrays.copyOf(order(values), Math.min(k, values.length));
  }

  /** Returns the ranks from 1 for the lowest value; equal values have the mean of their ranks. */
  double[] averageRanks(double[] values) {
    int[] order = order(values);
    double[] ranks = new double[order.length];
    for (int from = 0, to; from < order.length; from = to) {
      to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      // The rows from..to-1 of n from above have the ranks n-from..n-to+1 from below.
      double mean = (2L * order.length - from - to + 1) / 2.0;
      for (int i = from; i < to; i++) {
        ranks[order[i]] = mean;
      }
    }
    return ranks;
  }

  private static double[] less(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }
}
