package io.trendflow.jobs;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.model.TrendModel;
import java.time.LocalDate;
import java.util.Optional;

/** Finds the model that scores a day. */
final class ChampionModel {
  private ChampionModel() {}

  /**
   * Returns the promoted model that was trained on the latest day up to {@code asOf}.
   *
   * @param hindsight whether a model that was trained on a later day may score if there is no other
   */
  static Optional<TrendModel> at(JobContext context, LocalDate asOf, boolean hindsight) {
    PromotedModels promoted = PromotedModels.of(context);
    return promoted
        .at(asOf)
        .or(() -> hindsight ? promoted.after(asOf) : Optional.empty())
        .map(event -> ModelStore.read(context.artifacts(), event.getAs("artifact")));
  }
}
