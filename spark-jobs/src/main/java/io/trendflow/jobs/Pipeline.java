package io.trendflow.jobs;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobOptions;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.training.ShortHistoryException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Ingests, trains and scores in one session, which saves two Spark starts. */
@Command(name = "run", description = "Ingests, trains and scores in one session.")
public final class Pipeline implements SparkJob {

  /**
   * Results of the three jobs.
   *
   * @param train without model id if the history is too short to fit a model: the baseline scores
   */
  record Result(Ingest.Result ingest, Train.Result train, Score.Result score) {}

  /** Runs the jobs from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new Pipeline(), args);
  }

  @Override
  public Result run(JobContext context, JobOptions options) {
    return run(context, options.force);
  }

  static Result run(JobContext context, boolean force) {
    Ingest.Result ingest = Ingest.run(context, force);
    Train.Result train = train(context, force);
    // The score doesn't use the rows that the training cached.
    context.spark().catalog().clearCache();
    return new Result(ingest, train, Score.run(context, Optional.empty(), false, force));
  }

  private static Train.Result train(JobContext context, boolean force) {
    try {
      return Train.run(context, Optional.empty(), force);
    } catch (ShortHistoryException e) {
      String reason =
          "No model was fitted: %s. The baseline, a product's recent pace, scores instead."
              .formatted(e.getMessage());
      context.progress().print(reason);
      return new Train.Result(
          context.config().horizonDays(),
          "",
          false,
          TableSnapshot.of(context).lastDay(),
          false,
          reason,
          List.of());
    }
  }
}
