package io.trendflow.serving.store;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reason for a score: an element of the column reasons of {@code prediction.scores}, described by
 * its contract.
 *
 * @param feature the input; docs/feature-catalog.md lists all inputs
 * @param family family of the input, for which it is the evidence; null in runs before families
 * @param value numeric value, in unit; null for a category
 * @param category text value; null for a number
 * @param unit unit of the value: units, days, currency, or % for a relative change
 * @param source trend source that moves the input most; null if the input is not a trend
 * @param keyword keyword of that source; null if the input is not a trend
 * @param contribution what the input adds to log((1 + expected_units) / (1 + baseline_units))
 * @param effect relative change of 1 + expected_units by the contribution, in %
 */
@Serdeable
@Schema(name = "Reason")
public record ReasonRecord(
    String feature,
    @Nullable String family,
    @Nullable Double value,
    @Nullable String category,
    @Nullable String unit,
    @Nullable String source,
    @Nullable String keyword,
    double contribution,
    double effect) {}
