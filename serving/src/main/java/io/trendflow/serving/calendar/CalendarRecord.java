package io.trendflow.serving.calendar;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Columns of {@code new_product.calendar}: a planned event as one pull reported it. */
public record CalendarRecord(
    String source,
    String scope,
    String subject,
    LocalDate startsOn,
    LocalDate endsOn,
    String kind,
    @Nullable Double depth,
    Instant availableAt,
    boolean availableAssumed) {

  /** Columns of a row that tell which pulls a source has. */
  public record Pull(String source, Instant availableAt, boolean availableAssumed) {}
}
