package io.trendflow.serving.api;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.trendflow.serving.store.Run;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Committed scoring run, as a caller may see it.
 *
 * @param scoredRows number of scores in all markets; null for a key with markets
 * @param lifecycles number of products in each lifecycle, in all markets; empty for a key with
 *     markets
 */
@Serdeable
@Schema(name = "Run")
public record RunSummary(
    String runId,
    LocalDate asOf,
    long horizonDays,
    @Nullable String modelId,
    Instant publishedAt,
    @Nullable Long scoredRows,
    List<Run.LifecycleRows> lifecycles,
    List<Run.Source> sources,
    String rankedBy,
    boolean degraded,
    List<String> degradedReasons,
    boolean hindsight,
    boolean retracted,
    List<String> ingestIds,
    String codeVersion) {

  static RunSummary of(Run run, boolean everything, List<Run.Source> sources) {
    return new RunSummary(
        run.runId(),
        run.asOf(),
        run.horizonDays(),
        run.modelId(),
        run.publishedAt(),
        everything ? (Long) run.scoredRows() : null,
        everything ? run.lifecycles() : List.of(),
        sources,
        run.rankedBy(),
        run.degraded(),
        run.degradedReasons(),
        run.hindsight(),
        run.retracted(),
        run.ingestIds(),
        run.codeVersion());
  }
}
