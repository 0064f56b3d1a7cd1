package io.trendflow.jobs;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobOptions;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.training.backtest.BacktestResult;
import java.time.LocalDate;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures how good the recipe would have been at past days, beside naive baselines. */
@Command(
    name = "backtest",
    description = "Measures the recipe on past days and compares it with naive baselines.")
public final class Backtest implements SparkJob {
  @Mixin private final AsOf asOf = new AsOf();

  /**
   * A backtest.
   *
   * @param alreadyDone whether it was in the tables before, so that nothing was done
   */
  record Result(String backtestId, boolean alreadyDone, String recipeId, long judgedGroups) {}

  /** Runs the job from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new Backtest(), args);
  }

  @Override
  public Result run(JobContext context, JobOptions options) {
    return run(context, asOf.day(), options.force);
  }

  static Result run(JobContext context, Optional<LocalDate> day, boolean force) {
    JobProgress progress = context.progress();
    progress.stages("read the tables", "compute the features", "compute the labels", "backtest");
    TrainingSetup study = TrainingSetup.of(context, day, force);
    progress.done("read %d ingests", study.snapshot().ingestIds().size());
    String id = study.backtest().id();
    if (study.backtest().done()) {
      progress.note("nothing to do: backtest %s is in the tables already", id);
      return new Result(id, true, study.recipeId(), 0);
    }
    try (BacktestResult result = study.backtest(context, study.data(progress, false))) {
      return new Result(id, false, study.recipeId(), result.report().judgedGroups());
    }
  }
}
