package io.trendflow.serving.dashboard;

/**
 * Bar that extends from a zero line to the left or right, in drawing units.
 *
 * @param x left end of the bar
 * @param zero position of the zero line
 */
record DrawnBar(double x, double width, double zero) {
  static final int WIDTH = 200;
  private static final double LEAST = 1.5;

  /** Returns the bar of a value on a scale from the least value, or 0, to the largest. */
  static DrawnBar of(double value, double least, double largest) {
    double from = Math.min(0, least);
    double range = Math.max(Math.max(0, largest) - from, Double.MIN_NORMAL);
    double zero = WIDTH * -from / range;
    double length = Math.max(LEAST, WIDTH * Math.abs(value) / range);
    return new DrawnBar(value < 0 ? zero - length : Math.min(zero, WIDTH - length), length, zero);
  }
}
