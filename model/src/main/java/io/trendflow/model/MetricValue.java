package io.trendflow.model;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Value of a metric in a backtest.
 *
 * @param method model, or the name of a baseline
 * @param value null if the metric is undefined
 * @param standardError standard error of the value over the origins; null if there are too few of
 *     them
 */
public record MetricValue(
    String method, String metric, @Nullable Double value, @Nullable Double standardError)
    implements Serializable {

  /** Returns the value of a method's metric; null if the metric is undefined or absent. */
  public static @Nullable Double find(List<MetricValue> values, String method, String metric) {
    return of(values, method, metric).map(MetricValue::value).orElse(null);
  }

  /** Returns the standard error of a method's metric; null if it is unknown. */
  public static @Nullable Double findError(List<MetricValue> values, String method, String metric) {
    return of(values, method, metric).map(MetricValue::standardError).orElse(null);
  }

  private static Optional<MetricValue> of(List<MetricValue> values, String method, String metric) {
    return values.stream()
        .filter(value -> value.method().equals(method) && value.metric().equals(metric))
        .findFirst();
  }
}
