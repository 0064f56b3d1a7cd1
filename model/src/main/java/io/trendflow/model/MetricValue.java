package io.trendflow.model;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a backtest.
 *
 * @param method model, or the name of a baseline
 * @param value null where the metric is undefined
 */
public record MetricValue(String method, String metric, @Nullable Double value)
    implements Serializable {

  /** The value among those of a backtest; null where the metric is undefined or absent. */
  public static @Nullable Double find(List<MetricValue> values, String method, String metric) {
    return values.stream()
        .filter(value -> value.method().equals(method) && value.metric().equals(metric))
        .findFirst()
        .map(MetricValue::value)
        .orElse(null);
  }
}
