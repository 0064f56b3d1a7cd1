package io.trendflow.serving.api;

import io.micronaut.serde.annotation.Serdeable;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.ScoreRecord;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Change of a product's place among the first of its market since an earlier run.
 *
 * @param name display name of the product; null if it has none or the latest run does not score it
 * @param change new, left, up or down: new or left if only one of the runs has the product among
 *     the first
 * @param rank rank in the latest run; null if the product is not scored there
 * @param earlierRank rank in the earlier run; null if the product is not scored there
 * @param earlierRunId id of the earlier run
 * @param earlierAsOf cutoff of the earlier run
 */
@Serdeable
record RankChange(
    String market,
    String productId,
    @Nullable String name,
    String change,
    @Nullable Long rank,
    @Nullable Long earlierRank,
    String earlierRunId,
    LocalDate earlierAsOf) {

  /** Returns the change of a product that is among the first now; null if its rank is the same. */
  static @Nullable RankChange of(ScoreRecord score, @Nullable Long was, int first, Run earlier) {
    String change = was == null || was > first ? "new" : score.rank() < was ? "up" : "down";
    return was != null && was == score.rank()
        ? null
        : new RankChange(
            score.market(),
            score.productId(),
            score.name(),
            change,
            score.rank(),
            was,
            earlier.runId(),
            earlier.asOf());
  }

  /** Returns the change of a product that was among the first and is not any more. */
  static RankChange left(RankRow was, @Nullable ScoreRecord score, Run earlier) {
    return new RankChange(
        was.market(),
        was.productId(),
        score == null ? null : score.name(),
        "left",
        score == null ? null : (Long) score.rank(),
        was.rank(),
        earlier.runId(),
        earlier.asOf());
  }
}
