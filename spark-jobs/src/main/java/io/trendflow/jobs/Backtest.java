package io.trendflow.jobs;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobOptions;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.schemas.Table;
import io.trendflow.training.TrainingData;
import io.trendflow.training.backtest.BacktestResult;
import java.time.LocalDate;
import java.util.List;
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
   * @param horizonDays number of days that the recipe predicts
   * @param alreadyDone whether the backtest was in the tables before, so that nothing was done
   * @param furtherHorizons results of the further horizons
   */
  record Result(
      int horizonDays,
      String backtestId,
      boolean alreadyDone,
      String recipeId,
      long judgedGroups,
      List<Result> furtherHorizons) {}

  /** Runs the job from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new Backtest(), args);
  }

  @Override
  public Result run(JobContext context, JobOptions options) {
    return run(context, asOf.day(), options.force);
  }

  static Result run(JobContext context, Optional<LocalDate> day, boolean force) {
    List<Result> all = HorizonRuns.of(context, one -> ofHorizon(one, day, force));
    Result first = all.get(0);
    return new Result(
        first.horizonDays(),
        first.backtestId(),
        first.alreadyDone(),
        first.recipeId(),
        first.judgedGroups(),
        all.subList(1, all.size()));
  }

  private static Result ofHorizon(JobContext context, Optional<LocalDate> day, boolean force) {
    JobProgress progress = context.progress();
    progress.stages("read the tables", "compute the features", "compute the labels", "backtest");
    TrainingSetup setup = TrainingSetup.of(context, day, force);
    progress.done("read %d ingests", setup.snapshot().ingestIds().size());
    int horizon = setup.recipe().horizonDays();
    String id = setup.backtest().id();
    if (setup.backtest().done()) {
      progress.note("nothing to do: backtest %s is already in the tables", id);
      return new Result(horizon, id, true, recipeId(context, id), 0, List.of());
    }
    TrainingData data = setup.data(progress, false);
    try (BacktestResult result = setup.backtest(context, data)) {
      long judged = result.report().judgedGroups();
      return new Result(horizon, id, false, result.recipeId(), judged, List.of());
    } finally {
      TrainingSetup.release(data);
    }
  }

  /** Returns the recipe of a backtest, whose features its trial of trends chose. */
  private static String recipeId(JobContext context, String backtestId) {
    return context.store().read(Table.MODELS, backtestId).first().getAs("recipe_id");
  }
}
