package io.trendflow.serving.store;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Columns of {@code prediction.models}, described by its contract: an event in a model's life. */
public record ModelEventRecord(
    String modelId,
    Instant changedAt,
    String event,
    String reason,
    String recipeId,
    LocalDate asOf,
    long horizonDays,
    @Nullable String artifact,
    List<Parameter> parameters,
    List<Metric> metrics,
    @Nullable Long backtestOrigins,
    @Nullable Long backtestMarkets,
    List<JudgedRows> backtestRows) {

  /**
   * Returns the path of a model's file below the store; null if no event of the model names one.
   */
  public static @Nullable String artifact(List<ModelEventRecord> events, @Nullable String modelId) {
    return events.stream()
        .filter(event -> event.modelId().equals(modelId))
        .map(ModelEventRecord::artifact)
        .flatMap(Stream::ofNullable)
        .findFirst()
        .orElse(null);
  }

  /**
   * Forecasts of a lifecycle that the backtest judged.
   *
   * @param lifecycle lifecycle of the product at the origin, or all
   * @param rows number of forecasts
   */
  @Serdeable
  @Schema(name = "ModelEvent.JudgedRows")
  public record JudgedRows(String lifecycle, long rows) {}

  /** Setting of the recipe. */
  @Serdeable
  @Schema(name = "ModelEvent.Parameter")
  public record Parameter(String name, String value) {}

  /**
   * Mean of a metric over the evaluated groups of the backtest.
   *
   * @param method {@code model}, or the name of a baseline
   * @param value the mean; null if it can't be computed for any group
   * @param standardError standard error of the value over the origins; null for fewer than 8
   */
  @Serdeable
  @Schema(name = "ModelEvent.Metric")
  public record Metric(
      String method, String metric, @Nullable Double value, @Nullable Double standardError) {}
}
