package io.trendflow.model;

/**
 * Gauss-Legendre quadrature rule on the interval from 0 to 1: the weighted sum of a polynomial's
 * values at n points equals its integral, exactly up to degree 2 n - 1.
 */
final class GaussLegendre {
  private static final int MAX_STEPS = 100;

  final double[] points;
  final double[] weights;

  /** Creates the smallest rule that is exact for polynomials of a degree. */
  GaussLegendre(int degree) {
    int n = degree / 2 + 1;
    points = new double[n];
    weights = new double[n];
    for (int i = 0; i < n; i++) {
      double x = root(n, i);
      double slope = slope(n, x, legendre(n, x));
      points[i] = (1 + x) / 2;
      weights[i] = 1 / ((1 - x * x) * slope * slope);
    }
  }

  /** Returns a root of the Legendre polynomial of degree n, found by Newton's method. */
  private static double root(int n, int i) {
    double x = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
    for (int step = 0; step < MAX_STEPS; step++) {
      double[] p = legendre(n, x);
      double next = x - p[0] / slope(n, x, p);
      if (next == x) {
        break;
      }
      x = next;
    }
    return x;
  }

  /**
   * Returns the values of the Legendre polynomials of degree n and n - 1, by Bonnet's recursion.
   */
  private static double[] legendre(int n, double x) {
    double p = 1;
    double before = 0;
    for (int j = 0; j < n; j++) {
      double next = ((2 * j + 1) * x * p - j * before) / (j + 1);
      before = p;
      p = next;
    }
    return new double[] {p, before};
  }

  private static double slope(int n, double x, double[] legendre) {
    return n * (x * legendre[0] - legendre[1]) / (x * x - 1);
  }
}
