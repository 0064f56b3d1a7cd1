package io.trendflow.serving;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of {@code prediction.runs}, which its contract describes: a committed scoring run. */
record Run(
    String runId,
    LocalDate asOf,
    long horizonDays,
    @Nullable String modelId,
    Instant publishedAt,
    long scoredRows,
    List<LifecycleRows> lifecycles,
    List<Source> sources,
    String rankedBy,
    boolean degraded,
    List<String> degradedReasons,
    boolean hindsight,
    boolean retracted,
    List<String> ingestIds,
    String codeVersion) {

  /** The run to serve comes first: highest as_of, then latest published. */
  static final Comparator<Run> LATEST_FIRST =
      Comparator.comparing(Run::asOf)
          .thenComparing(Run::publishedAt)
          .thenComparing(Run::runId)
          .reversed();

  /** Products that were in a lifecycle at as_of. */
  record LifecycleRows(String lifecycle, long rows) {}

  /** How far a source's data reached at as_of. */
  @Serdeable
  record Source(
      String source, String kind, @Nullable LocalDate watermark, @Nullable Long ageDays) {}

  /** How the run is named in sentences. */
  String title() {
    return runId + " (as of " + asOf + ")";
  }
}
