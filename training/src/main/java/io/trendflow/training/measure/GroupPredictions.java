package io.trendflow.training.measure;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Predictions of one method for one group of rows, as parallel arrays, which must not be changed.
 *
 * @param ids product ids, by which ties are broken
 * @param actual actual units
 * @param baseline baseline units
 * @param price price of a unit, never missing
 * @param expected predicted mean
 * @param median predicted median
 * @param lower lower end of the interval; NaN if there is none
 * @param upper upper end of the interval; NaN if there is none
 * @param actualUplift actual units less baseline units
 * @param predictedUplift predicted mean less baseline units
 * @param orders orders of the rows, shared with other predictions of the same rows
 */
@SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared as a whole
record GroupPredictions(
    String[] ids,
    double[] actual,
    double[] baseline,
    double[] price,
    double[] expected,
    double[] median,
    double[] lower,
    double[] upper,
    double[] actualUplift,
    double[] predictedUplift,
    GroupOrders orders) {

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
        less(actual, baseline),
        less(expected, baseline),
        GroupOrders.of(ids));
  }

  int size() {
    return ids.length;
  }

  /** Returns the same rows with other predictions and without intervals. */
  GroupPredictions predicted(double[] expected, double[] median) {
    double[] none = new double[size()];
    Arrays.fill(none, Double.NaN);
    return new GroupPredictions(
        ids,
        actual,
        baseline,
        price,
        expected,
        median,
        none,
        none,
        actualUplift,
        less(expected, baseline),
        orders);
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
        at(actualUplift, positions),
        at(predictedUplift, positions),
        orders.at(positions));
  }

  static double[] at(double[] values, int[] positions) {
    double[] taken = new double[positions.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = values[positions[i]];
    }
    return taken;
  }

  /** Returns the positions by descending value, ties by product id; not to be changed. */
  int[] order(double[] values) {
    return orders.order(values);
  }

  /** Returns the positions of the {@code k} highest values, ties by product id. */
  int[] top(double[] values, int k) {
    return Arrays.copyOf(order(values), Math.min(k, values.length));
  }

  /**
   * Returns the ranks from 1 for the lowest value; equal values have the mean of their ranks. They
   * come from the order that the other measures use too: commons-math3 would sort the values again.
   */
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
