package io.trendflow.serving;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of the API's answers: some scores, and the run that they are from.
 *
 * @param degraded true when the run, or what the service could read of the store, is less than it
 *     should be
 * @param sources how fresh each source was at as_of
 * @param total rows that were asked for, of which items may be a part
 */
@Serdeable
record Answer(
    LocalDate asOf,
    String runId,
    @Nullable String modelId,
    long horizonDays,
    Instant publishedAt,
    String rankedBy,
    boolean degraded,
    List<String> degradedReasons,
    List<Run.Source> sources,
    int total,
    List<Score> items) {

  static Answer of(Served served, int total, List<Score> items) {
    Run run = served.required().run();
    return new Answer(
        run.asOf(),
        run.runId(),
        run.modelId(),
        run.horizonDays(),
        run.publishedAt(),
        run.rankedBy(),
        served.degraded(),
        served.degradedReasons(),
        run.sources(),
        total,
        items);
  }
}
