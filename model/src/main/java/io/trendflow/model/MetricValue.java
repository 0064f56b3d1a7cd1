package io.trendflow.model;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of a metric in a backtest.
 *
 * @param method model, or the name of a baseline
 * @param value null if the metric is undefined
 */
public record MetricValue(String method, String metric, @Nullable Double value)
    implements Serializable {

  /** Returns the value of a method's metric; null if the metric is undefined or absent. */
  public static @Nullable Double find(List<MetricValue> values, String method, String metric) {
    return values.stream()
        .filter(value -> value.method().equals(method) && value.metric().equals(metric))
        .findFirst()
        .map(MetricValue::value)
        .orElse(null);
  }
}
