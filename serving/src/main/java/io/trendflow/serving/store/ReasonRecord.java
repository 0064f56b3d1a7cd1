package io.trendflow.serving.store;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reason for a score: an element of the column reasons of {@code prediction.scores}, described by
 * its contract.
 *
 * @param feature the input; docs/feature-catalog.md lists all inputs
 * @param value numeric value, in unit; null for a category or if unknown
 * @param category text value; null for a number or if unknown
 * @param unit unit of the value: units, days, currency, or % for a relative change
 * @param contribution what the input adds to log(1 + units)
 * @param effect relative change of 1 + median_units by the contribution, in %
 */
@Serdeable
@Schema(name = "Reason")
public record ReasonRecord(
    String feature,
    @Nullable Double value,
    @Nullable String category,
    @Nullable String unit,
    double contribution,
    double effect) {}
