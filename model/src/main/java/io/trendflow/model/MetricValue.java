package io.trendflow.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a backtest.
 *
 * @param method model, or the name of a baseline
 * @param value null where the metric is undefined
 */
public record MetricValue(String method, String metric, @Nullable Double value)
    implements Serializable {}
