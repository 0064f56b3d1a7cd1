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
    String source, SourceKind kind, @Nullable LocalDate firstDay, @Nullable LocalDate watermark) {
  /** Returns this extent with days that a manifest tells of, after its last record too. */
  SourceExtent until(LocalDate told) {
    return watermark != null && told.isAfter(watermark)
        ? new SourceExtent(source, kind, firstDay, told)
        : this;
  }
}
