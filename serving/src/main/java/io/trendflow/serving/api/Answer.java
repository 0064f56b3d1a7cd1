package io.trendflow.serving.api;

import io.micronaut.serde.annotation.Serdeable;
import io.trendflow.serving.store.Run;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer of the API: items and the run that they are from.
 *
 * @param asOf the predictions were made at the end of this day
 * @param runId the scoring run
 * @param modelId the model that scored; null if the baseline scored
 * @param horizonDays number of days predicted
 * @param publishedAt when the run was published
 * @param rankedBy uplift_revenue, or uplift_units if no product of the run has a price
 * @param degraded true if the run is incomplete or outdated, or a part of the store can't be read
 * @param degradedReasons why the answer is degraded, one sentence each
 * @param sources how fresh each source was at as_of
 * @param total number of items that match the request; items may contain only a part of them
 * @param nextCursor cursor of the next page; null on the last page
 * @param items the items, in the order that the route names
 */
@Serdeable
public record Answer<T>(
    LocalDate asOf,
    String runId,
    @Nullable String modelId,
    long horizonDays,
    Instant publishedAt,
    String rankedBy,
    boolean degraded,
    List<String> degradedReasons,
    List<Run.Source> sources,
    long total,
    @Nullable String nextCursor,
    List<T> items) {

  /** Returns an answer with all of the items. */
  public static <T> Answer<T> of(CallerView view, List<T> items) {
    return of(view, items.size(), null, items);
  }

  /** Returns an answer with the first items. */
  static <T> Answer<T> first(CallerView view, List<T> items, int limit) {
    return of(view, items.size(), null, items.subList(0, Math.min(limit, items.size())));
  }

  static <T> Answer<T> of(CallerView view, int total, @Nullable String next, List<T> items) {
    Run run = view.run();
    return new Answer<>(
        run.asOf(),
        run.runId(),
        run.modelId(),
        run.horizonDays(),
        run.publishedAt(),
        run.rankedBy(),
        view.served().degraded(),
        view.degradedReasons(),
        view.sources(run),
        total,
        next,
        items);
  }
}
