package io.trendflow.serving.store;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Row of {@code prediction.runs}, described by its contract: a committed scoring run. */
@Serdeable
public record Run(
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

  /** Order in which the run to serve comes first: highest as_of, then latest published. */
  public static final Comparator<Run> LATEST_FIRST =
      Comparator.comparing(Run::asOf)
          .thenComparing(Run::publishedAt)
          .thenComparing(Run::runId)
          .reversed();

  /** Number of products in a lifecycle at as_of. */
  @Serdeable
  public record LifecycleRows(String lifecycle, long rows) {}

  /** How far the data of a source reached at as_of. */
  @Serdeable
  public record Source(
      String source, String kind, @Nullable LocalDate watermark, @Nullable Long ageDays) {}

  /** Returns the end of a day: whatever became known up to this instant counts for the day. */
  public static Instant endOf(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Returns the latest complete day of sales that was known at as_of. */
  public LocalDate lastSalesDay() {
    return sources.stream()
        .filter(source -> source.kind().equals("sales"))
        .map(Source::watermark)
        .flatMap(Stream::ofNullable)
        .filter(day -> !day.isAfter(asOf))
        .max(Comparator.naturalOrder())
        .orElse(asOf);
  }

  /** Returns the name of the run in sentences. */
  public String title() {
    return runId + " (as of " + asOf + ")";
  }
}
