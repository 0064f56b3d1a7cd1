package io.trendflow.model;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Piecewise linear curve, constant beyond its outermost points.
 *
 * @param x ascending
 * @param y value at each x
 */
public record PiecewiseCurve(List<Double> x, List<Double> y) implements Serializable {
  public PiecewiseCurve {
    x = List.copyOf(x);
    y = List.copyOf(y);
    if (x.isEmpty() || x.size() != y.size() || !ascending(x)) {
      throw new IllegalArgumentException(
          "a curve must have a y for each of its ascending x, but has x=%s and y=%s"
              .formatted(x, y));
    }
  }

  /** Returns the curve's value. */
  public double at(double value) {
    int above = 0;
    while (above < x.size() && x.get(above) <= value) {
      above++;
    }
    if (above == 0 || above == x.size()) {
      return y.get(above == 0 ? 0 : above - 1);
    }
    double share = (value - x.get(above - 1)) / (x.get(above) - x.get(above - 1));
    return y.get(above - 1) + share * (y.get(above) - y.get(above - 1));
  }

  private static boolean ascending(List<Double> x) {
    return IntStream.range(1, x.size()).allMatch(i -> x.get(i - 1) < x.get(i));
  }
}
