package io.trendflow.training.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Predictions of one method for one group of rows, as parallel arrays.
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
@SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared as a whole
record GroupPredictions(
    String[] ids,
    double[] actual,
    double[] baseline,
    double[] price,
    double[] expected,
    double[] median,
    double[] lower,
    double[] upper) {

  int size() {
    return ids.length;
  }

  double[] actualUplift() {
    return less(actual, baseline);
  }

  double[] predictedUplift() {
    return less(expected, baseline);
  }

  /** Returns the same rows with other predictions and without intervals. */
  GroupPredictions predicted(double[] expected, double[] median) {
    double[] none = new double[size()];
    Arrays.fill(none, Double.NaN);
    return new GroupPredictions(ids, actual, baseline, price, expected, median, none, none);
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
        at(upper, positions));
  }

  private static double[] at(double[] values, int[] positions) {
    return IntStream.of(positions).mapToDouble(i -> values[i]).toArray();
  }

  /** Returns the positions by descending value, ties by product id. */
  int[] order(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(i -> -values[i]).thenComparing(i -> ids[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Returns the positions of the {@code k} highest values, ties by product id. */
  int[] top(double[] values, int k) {
    return Arrays.copyOf(order(values), Math.min(k, values.length));
  }

  private static double[] less(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }
}
