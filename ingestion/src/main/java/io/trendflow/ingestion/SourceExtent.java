package io.trendflow.ingestion;

import io.trendflow.ingestion.config.SourceKind;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Days that a source covers; both are null for a catalogue and for a source without accepted
 * records.
 *
 * @param firstDay first day with a record
 * @param watermark latest complete day
 */
public record SourceExtent(
    String source, SourceKind kind, @Nullable LocalDate firstDay, @Nullable LocalDate watermark) {}
