package io.trendflow.serving.store;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An input that counts in a score: an element of the column reasons of {@code prediction.scores},
 * which its contract describes.
 *
 * @param feature the input; docs/feature-catalog.md has them all
 * @param value its number, in unit; null for a category, and when it is not known
 * @param category its text; null for a number, and when it is not known
 * @param unit what value counts: units, days, currency, or % for a change by so much
 * @param contribution what it adds to log(1 + units)
 * @param effect what that changes 1 + median_units by, in %
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
