package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobOptions;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.model.MetricValue;
import io.trendflow.schemas.Table;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Lists the models and decides which of them scores. Nothing is deleted: each change is an event.
 */
@Command(
    name = "models",
    description = {
      "Lists the models, promotes a model or rolls a promotion back.",
      "list: shows each model with its last event and its backtest, and marks the one that scores; with several horizons, one for each.",
      "promote: lets a model score from its day on, and retires the promoted models of its horizon of the same or a later day.",
      "rollback: retires the model that scores; the model promoted before it scores again. --set horizon_days=56 rolls back that of a further horizon."
    })
public final class ModelsCommand implements SparkJob {
  private static final String LINE = "%-2s%-18s %-10s %4s %-10s %9s %9s %9s  %s";
  private static final List<String> METRICS = List.of("spearman", "wape", "uplift_50");

  /** The command's actions. */
  enum Action {
    list,
    promote,
    rollback
  }

  @Parameters(index = "0", paramLabel = "list|promote|rollback", description = "Action to take.")
  private Action action = Action.list;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "<model>",
      description = "Id of the model to promote.")
  private @Nullable String model;

  /**
   * Result of the command.
   *
   * @param championId the model of the horizon that scores days from now on; null if there is none
   * @param retired the models that no longer score
   */
  record Result(@Nullable String championId, List<String> retired) {}

  /** Runs the job from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new ModelsCommand(), args);
  }

  @Override
  public Result run(JobContext context, JobOptions options) {
    return switch (action) {
      case list -> list(context);
      case promote -> promote(context, model);
      case rollback -> rollback(context);
    };
  }

  static Result list(JobContext context) {
    List<Row> events = context.store().read(Table.MODELS).collectAsList();
    List<Integer> horizons = context.config().horizons();
    List<@Nullable String> champions =
        horizons.stream()
            .<@Nullable String>map(days -> id(PromotedModels.of(events, days)))
            .toList();
    context
        .progress()
        .print(
            LINE.formatted(
                "",
                "model",
                "trained on",
                "days",
                "event",
                "spearman",
                "wape",
                "uplift@50",
                "reason"));
    ModelEvent.latest(events.stream()).stream()
        .filter(event -> event.getAs("artifact") != null)
        .sorted(Comparator.comparing((Row event) -> event.<LocalDate>getAs("as_of")).reversed())
        .forEach(event -> context.progress().print(line(event, champions)));
    return new Result(champions.get(0), List.of());
  }

  /**
   * Promotes a trained model.
   *
   * @throws IllegalArgumentException if there is no such model
   */
  static Result promote(JobContext context, @Nullable String modelId) {
    Row trained = trained(context, modelId);
    int horizon = Math.toIntExact(trained.<Long>getAs("horizon_days"));
    List<Row> before =
        PromotedModels.of(context.ofHorizon(horizon)).events().stream()
            .filter(event -> !event.getAs("model_id").equals(modelId))
            .filter(
                event ->
                    !event.<LocalDate>getAs("as_of").isBefore(trained.<LocalDate>getAs("as_of")))
            .toList();
    ModelEvent.again(context, trained, "promoted", "Promoted by hand.");
    before.forEach(
        event -> ModelEvent.again(context, event, "retired", "Replaced by " + modelId + "."));
    return said(context, horizon, before);
  }

  /**
   * Retires the champion, so that the model promoted before it scores again, or the baseline if
   * there is none.
   *
   * @throws IllegalArgumentException if no model is promoted
   */
  static Result rollback(JobContext context) {
    Row champion =
        PromotedModels.of(context)
            .champion()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "No model is promoted, so there is nothing to roll back: run models list to see the models."));
    ModelEvent.again(context, champion, "retired", "Rolled back by hand.");
    return said(context, context.config().horizonDays(), List.of(champion));
  }

  private static Result said(JobContext context, int horizonDays, List<Row> retired) {
    String champion = id(PromotedModels.of(context.ofHorizon(horizonDays)));
    context.progress().print(sentence(context, horizonDays, champion));
    return new Result(
        champion, retired.stream().map(event -> event.<String>getAs("model_id")).toList());
  }

  private static String sentence(JobContext context, int horizonDays, @Nullable String champion) {
    if (context.config().furtherHorizons().contains(horizonDays)) {
      return "%s %d days from now on: run score to publish its forecasts."
          .formatted(
              champion == null ? "no model predicts" : "model " + champion + " predicts",
              horizonDays);
    }
    return (champion == null ? "the baseline" : "model " + champion)
        + " scores from now on: run score to publish its scores.";
  }

  private static @Nullable String id(PromotedModels promoted) {
    return promoted.champion().map(event -> event.<String>getAs("model_id")).orElse(null);
  }

  private static Row trained(JobContext context, @Nullable String modelId) {
    if (modelId == null) {
      throw new IllegalArgumentException(
          "The id of the model to promote is missing: run models list to see the models.");
    }
    return context
        .store()
        .read(Table.MODELS)
        .filter(col("model_id").equalTo(modelId).and(col("artifact").isNotNull()))
        .orderBy(col("changed_at").desc())
        .takeAsList(1)
        .stream()
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"%s\" is not a trained model: run models list to see the models."
                        .formatted(modelId)));
  }

  private static String line(Row event, List<@Nullable String> champions) {
    String id = event.getAs("model_id");
    List<String> metrics = METRICS.stream().map(metric -> metric(event, metric)).toList();
    return LINE.formatted(
        champions.contains(id) ? "*" : "",
        id,
        event.<LocalDate>getAs("as_of"),
        event.<Long>getAs("horizon_days"),
        event.getAs("event"),
        metrics.get(0),
        metrics.get(1),
        metrics.get(2),
        event.getAs("reason"));
  }

  private static String metric(Row event, String metric) {
    Double value = MetricValue.find(ModelEvent.metrics(event), "model", metric);
    return value == null ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }
}
