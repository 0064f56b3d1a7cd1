package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobOptions;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.model.MetricValue;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.Table;
import io.trendflow.training.Trainer;
import io.trendflow.training.TrainingData;
import io.trendflow.training.backtest.BacktestResult;
import io.trendflow.training.measure.PromotionDecision;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Backtests the recipe, fits it on all known data, and promotes the model if it is good. */
@Command(
    name = "train",
    description =
        "Backtests the recipe, fits a model on all known data and promotes it if it is good.")
public final class Train implements SparkJob {
  @Mixin private final AsOf asOf = new AsOf();

  /**
   * Result of a training.
   *
   * @param horizonDays number of days that the model predicts
   * @param alreadyDone whether the model was trained and evaluated before, so that nothing was done
   * @param promoted whether the model scores from now on
   * @param reason why the model is or isn't promoted
   * @param furtherHorizons results of the further horizons
   */
  record Result(
      int horizonDays,
      String modelId,
      boolean alreadyDone,
      LocalDate asOf,
      boolean promoted,
      String reason,
      List<Result> furtherHorizons) {}

  /** Runs the job from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new Train(), args);
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
        first.modelId(),
        first.alreadyDone(),
        first.asOf(),
        first.promoted(),
        first.reason(),
        all.subList(1, all.size()));
  }

  private static Result ofHorizon(JobContext context, Optional<LocalDate> day, boolean force) {
    JobProgress progress = context.progress();
    boolean search = context.config().search().minutes() > 0;
    progress.stages(stages(search));
    TrainingSetup configured = TrainingSetup.of(context, day, force);
    progress.done(
        "read %d ingests; training as of %s",
        configured.snapshot().ingestIds().size(), configured.plan().asOf());
    Optional<Result> before = search ? Optional.empty() : before(context, configured);
    if (before.isPresent()) {
      return before.get();
    }
    TrainingData data = configured.data(progress, search);
    try {
      TrainingSetup setup = search ? configured.searched(context, data, force) : configured;
      return before(context, setup).orElseGet(() -> train(context, setup, data));
    } finally {
      TrainingSetup.release(data);
    }
  }

  private static String[] stages(boolean search) {
    return Stream.of(
            "read the tables",
            "compute the features",
            "compute the labels",
            search ? "search for a better recipe" : "",
            "backtest",
            "fit the model",
            "decide on its promotion")
        .filter(stage -> !stage.isEmpty())
        .toArray(String[]::new);
  }

  private static Result train(JobContext context, TrainingSetup configured, TrainingData data) {
    JobProgress progress = context.progress();
    try (BacktestResult backtest = configured.backtest(context, data)) {
      TrainingSetup setup = configured.chosenBy(backtest);
      List<MetricValue> metrics = backtest.report().means();
      TrendModel model =
          Trainer.train(
              new TrainingData(data.featureRows(), data.labels(), setup.features()),
              setup.recipe(),
              setup.plan().asOf(),
              backtest.calibration(),
              metrics,
              setup.lineage());
      String artifact = ModelStore.write(context.artifacts(), model);
      // A job that was killed before the decision has already written the event.
      if (event(context, setup, "trained").isEmpty()) {
        new ModelEvent("trained", "Fitted on all labels known by its day.", artifact)
            .write(context, setup, backtest);
      }
      progress.done(
          "fitted %d trees on %,d examples", model.trees().size(), model.provenance().examples());
      PromotionDecision promotion =
          PromotionRule.decide(
              context,
              setup.plan().asOf(),
              configured.recipeIdsOfAnyChoice(),
              backtest.report(),
              backtest.rows());
      progress.note(
          "wrote %s", TrainingReport.write(context.artifacts(), setup, backtest, model, promotion));
      new ModelEvent(promotion.promoted() ? "promoted" : "rejected", promotion.reason(), artifact)
          .write(context, setup, backtest);
      progress.done(
          "%s model %s of %d days: %s",
          promotion.promoted() ? "promoted" : "rejected",
          model.modelId(),
          model.horizonDays(),
          promotion.reason());
      return new Result(
          model.horizonDays(),
          model.modelId(),
          false,
          setup.plan().asOf(),
          promotion.promoted(),
          promotion.reason(),
          List.of());
    }
  }

  private static Optional<Result> before(JobContext context, TrainingSetup setup) {
    Optional<Row> decision = event(context, setup, "promoted", "rejected");
    decision.ifPresent(
        event ->
            context
                .progress()
                .note(
                    "nothing to do: model %s is already trained and evaluated",
                    event.<String>getAs("model_id")));
    return decision.map(
        event ->
            new Result(
                setup.recipe().horizonDays(),
                event.getAs("model_id"),
                true,
                setup.plan().asOf(),
                event.<String>getAs("event").equals("promoted"),
                event.getAs("reason"),
                List.of()));
  }

  /** Returns an event of the setup's model that has one of the names. */
  private static Optional<Row> event(JobContext context, TrainingSetup setup, String... names) {
    return context
        .store()
        .read(Table.MODELS)
        .filter(col("backtest_id").equalTo(setup.backtest().id()))
        .filter(col("event").isin((Object[]) names))
        .takeAsList(1)
        .stream()
        .findFirst();
  }
}
