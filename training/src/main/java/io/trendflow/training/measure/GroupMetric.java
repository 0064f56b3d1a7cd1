package io.trendflow.training.measure;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Metric of one method in one group of backtest rows.
 *
 * @param rows number of rows of the group
 * @param value null if the metric is undefined
 */
public record GroupMetric(
    LocalDate cutoff,
    String market,
    long rows,
    PredictionMethod method,
    Metric metric,
    @Nullable Double value) {
  static final int MIN_ROWS = 30;

  /** Returns whether the group is large enough to count in a mean. */
  public boolean judged() {
    return rows >= MIN_ROWS;
  }

  /** Returns the name of the group. */
  String group() {
    return cutoff + " " + market;
  }
}
