package io.trendflow.jobs;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.training.ShortHistoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Runs of a job for each horizon of the configuration, one after the other. */
final class HorizonRuns {
  private HorizonRuns() {}

  /**
   * Runs a job for the first horizon and then for each further one, as if it were the only one. A
   * further horizon whose history is too short is left out, with a sentence.
   *
   * @param job function of the context of one horizon
   * @return the results of the horizons that are not left out, in order
   * @throws ShortHistoryException if the history is too short for the first horizon
   */
  static <R> List<R> of(JobContext context, Function<JobContext, R> job) {
    List<R> results = new ArrayList<>();
    results.add(job.apply(context.ofHorizon(context.config().horizonDays())));
    for (int days : context.config().furtherHorizons()) {
      // The rows of one horizon are not those of another.
      context.spark().catalog().clearCache();
      context.progress().print("Horizon of %d days".formatted(days));
      try {
        results.add(job.apply(context.ofHorizon(days)));
      } catch (ShortHistoryException e) {
        context
            .progress()
            .print("No model of %d days was fitted: %s.".formatted(days, e.getMessage()));
      }
    }
    return results;
  }
}
