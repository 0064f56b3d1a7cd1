package io.trendflow.serving;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** An element of the column reasons of {@code prediction.scores}, which its contract describes. */
@Serdeable
record Reason(
    String feature,
    @Nullable Double value,
    @Nullable String category,
    @Nullable String unit,
    double contribution,
    double effect) {}
