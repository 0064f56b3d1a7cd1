package io.trendflow.training.measure;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Builder of predictions by formulas of the position, for the products p000, p001 and so on. All
 * numbers but the price, which is 1, are 0 and no row has an interval unless a formula is given.
 */
final class PredictionsBuilder {
  private final String[] ids;
  private final double[] actual;
  private final double[] baseline;
  private final double[] price;
  private final double[] expected;
  private final double[] median;
  private final double[] lower;
  private final double[] upper;

  private PredictionsBuilder(int size) {
    ids = IntStream.range(0, size).mapToObj("p%03d"::formatted).toArray(String[]::new);
    actual = new double[size];
    baseline = new double[size];
    price = new double[size];
    expected = new double[size];
    median = new double[size];
    lower = new double[size];
    upper = new double[size];
    Arrays.fill(price, 1);
    Arrays.fill(lower, Double.NaN);
    Arrays.fill(upper, Double.NaN);
  }

  static PredictionsBuilder rows(int size) {
    return new PredictionsBuilder(size);
  }

  /** Returns predictions of the given numbers, which are both the mean and the median. */
  static GroupPredictions of(double[] actual, double[] predicted) {
    return rows(actual.length).actual(i -> actual[i]).predicted(i -> predicted[i]).build();
  }

  /**
   * Returns {@code (factor * i + offset) mod modulus}, which is scattered and the same in Python.
   */
  static IntToDoubleFunction scattered(int factor, int offset, int modulus) {
    return i -> (factor * i + offset) % modulus;
  }

  PredictionsBuilder actual(IntToDoubleFunction formula) {
    Arrays.setAll(actual, formula);
    return this;
  }

  PredictionsBuilder baseline(IntToDoubleFunction formula) {
    Arrays.setAll(baseline, formula);
    return this;
  }

  PredictionsBuilder price(IntToDoubleFunction formula) {
    Arrays.setAll(price, formula);
    return this;
  }

  PredictionsBuilder predicted(IntToDoubleFunction formula) {
    Arrays.setAll(expected, formula);
    Arrays.setAll(median, formula);
    return this;
  }

  PredictionsBuilder median(IntToDoubleFunction formula) {
    Arrays.setAll(median, formula);
    return this;
  }

  PredictionsBuilder interval(IntToDoubleFunction from, IntToDoubleFunction to) {
    Arrays.setAll(lower, from);
    Arrays.setAll(upper, to);
    return this;
  }

  PredictionsBuilder ids(String... names) {
    System.arraycopy(names, 0, ids, 0, ids.length);
    return this;
  }

  GroupPredictions build() {
    return new GroupPredictions(ids, actual, baseline, price, expected, median, lower, upper);
  }
}
