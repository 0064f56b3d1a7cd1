package io.trendflow.history;

import org.jspecify.annotations.Nullable;

/**
 * Sales of a product over a period, as one source reported them.
 *
 * @param day first day of the period, in days since 1970-01-01
 * @param days length of the period
 * @param availableAt when the row became known, in microseconds since 1970-01-01T00:00Z
 * @param grossRevenue NaN if unknown
 * @param lines sums over the sold lines
 */
public record SalesRow(
    String source,
    int day,
    int days,
    long availableAt,
    double grossUnits,
    double returnUnits,
    double grossRevenue,
    long orders,
    LineSums lines,
    @Nullable String currency) {

  int lastDay() {
    return day + days - 1;
  }
}
