package io.trendflow.training.measure;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A metric of one method in one group of backtest rows.
 *
 * @param rows rows of the group
 * @param value null where the metric is undefined
 */
public record GroupMetric(
    LocalDate cutoff,
    String market,
    long rows,
    PredictionMethod method,
    Metric metric,
    @Nullable Double value) {
  static final int MIN_ROWS = 30;

  /** Whether the group is large enough to count in a mean. */
  public boolean judged() {
    return rows >= MIN_ROWS;
  }

  /** Name of the group. */
  String group() {
    return cutoff + " " + market;
  }
}
