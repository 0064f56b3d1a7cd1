package io.trendflow.jobs;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobOptions;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.schemas.Table;
import io.trendflow.training.backtest.BacktestResult;
import java.time.LocalDate;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures the recipe at past days and compares it with naive baselines. */
@Command(
    name = "backtest",
    description = "Measures the recipe on past days and compares it with naive baselines.")
public final class Backtest implements SparkJob {
  @Mixin private final AsOf asOf = new AsOf();

  /**
   * Result of a backtest.
   *
   * @param alreadyDone whether the backtest was in the tables before, so that nothing was done
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
    TrainingSetup setup = TrainingSetup.of(context, day, force);
    progress.done("read %d ingests", setup.snapshot().ingestIds().size());
    String id = setup.backtest().id();
    if (setup.backtest().done()) {
      progress.note("nothing to do: backtest %s is already in the tables", id);
      return new Result(id, true, recipeId(context, id), 0);
    }
    try (BacktestResult result = setup.backtest(context, setup.data(progress, false))) {
      return new Result(id, false, result.recipeId(), result.report().judgedGroups());
    }
  }

  /** Returns the recipe of a backtest, whose features its trial of trends chose. */
  private static String recipeId(JobContext context, String backtestId) {
    return context.store().read(Table.MODELS, backtestId).first().getAs("recipe_id");
  }
}
