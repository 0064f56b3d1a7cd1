package io.trendflow.serving.api;

import io.micronaut.serde.annotation.Serdeable;
import io.trendflow.serving.snapshot.PageCursor;
import io.trendflow.serving.snapshot.ServingState;
import io.trendflow.serving.store.Run;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one form of the API's answers: some items, and the run that they are from.
 *
 * @param asOf the predictions were made at the end of this day
 * @param runId the scoring run
 * @param modelId the model that scored; null when the baseline did
 * @param horizonDays days predicted
 * @param publishedAt when the run was published
 * @param rankedBy uplift_revenue, or uplift_units where no product of the run has a price
 * @param degraded true when the run, or what the service could read of the store, is less than it
 *     should be
 * @param degradedReasons why, one sentence each
 * @param sources how fresh each source was at as_of
 * @param total items that were asked for, of which these may be a part
 * @param nextCursor the cursor of the next page; null on the last
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

  /** All of some items. */
  static <T> Answer<T> of(CallerView view, List<T> items) {
    return of(view, items.size(), null, items);
  }

  /** The first of some items. */
  static <T> Answer<T> first(CallerView view, List<T> items, int limit) {
    return of(view, items.size(), null, items.subList(0, Math.min(limit, items.size())));
  }

  static <T> Answer<T> of(CallerView view, int total, @Nullable PageCursor next, List<T> items) {
    ServingState served = view.served();
    Run run = view.snapshot().run();
    return new Answer<>(
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
        next == null ? null : next.text(),
        items);
  }
}
