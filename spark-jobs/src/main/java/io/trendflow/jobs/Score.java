package io.trendflow.jobs;

import static org.apache.spark.sql.functions.lit;

import io.trendflow.features.FeatureRows;
import io.trendflow.jobs.FeaturePass.DayFeatures;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobOptions;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.command.ShufflePartitions;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.model.InputFeature;
import io.trendflow.model.TrendModel;
import io.trendflow.model.whatif.WhatIfVerdict;
import io.trendflow.schemas.Table;
import io.trendflow.scoring.FurtherHorizons;
import io.trendflow.scoring.ScoreInputs;
import io.trendflow.scoring.Scorer;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores every product that is on sale or about to launch, and publishes the run. */
@Command(
    name = "score",
    description =
        "Predicts every product that is on sale or about to launch and publishes the run.")
public final class Score implements SparkJob {
  private static final int FRESH_DAYS = 2;

  @Mixin private final AsOf asOf = new AsOf();

  @Option(
      names = "--hindsight",
      description =
          "Scores a past day with a model that was trained later. The service hides the run.")
  private boolean hindsight;

  /**
   * A published run.
   *
   * @param alreadyDone whether the same run was published before, so that nothing was done
   * @param modelId null if the baseline scored
   * @param degradedReasons the reasons why the run is degraded; empty if it is not
   */
  record Result(
      String runId,
      boolean alreadyDone,
      LocalDate asOf,
      @Nullable String modelId,
      long scoredRows,
      List<String> degradedReasons) {}

  /** Runs the job from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new Score(), args);
  }

  @Override
  public Result run(JobContext context, JobOptions options) {
    return run(context, asOf.day(), hindsight, options.force);
  }

  static Result run(JobContext context, Optional<LocalDate> day, boolean hindsight, boolean force) {
    try (FeaturePass pass = new FeaturePass(List.of(), context.config().horizonDays())) {
      return run(context, day, hindsight, force, pass);
    }
  }

  /**
   * Scores a day.
   *
   * @param pass features of several days, if it has the day
   */
  static Result run(
      JobContext context,
      Optional<LocalDate> day,
      boolean hindsight,
      boolean force,
      FeaturePass pass) {
    JobProgress progress = context.progress();
    progress.stages(
        "read the tables",
        "compute the features",
        "write " + Table.PRODUCT_KEYWORDS,
        "score and write " + Table.SCORES,
        "publish the run");
    TableSnapshot snapshot = TableSnapshot.of(context);
    ShufflePartitions.setForDay(context.spark(), snapshot.calendar().rows());
    LocalDate asOf = day.orElse(snapshot.lastDay());
    List<String> degraded = new ArrayList<>();
    checkFresh(context.config(), snapshot, asOf, degraded);
    Optional<TrendModel> model = ChampionModel.at(context, asOf, hindsight);
    if (model.isEmpty()) {
      degraded.add("No model was promoted by " + asOf + ", so the baseline scores.");
    }
    String modelId = model.map(TrendModel::modelId).orElse(null);
    List<TrendModel> further = furtherModels(context, asOf, hindsight, degraded);
    BatchId attempt =
        BatchId.of(
            context.store(),
            Table.RUNS,
            force,
            inputs(context.config(), snapshot, asOf, modelId, further));
    progress.done(
        "read %d ingests; scored by %s",
        snapshot.ingestIds().size(), modelId == null ? "the baseline" : "model " + modelId);
    further.forEach(
        one ->
            progress.note("%d days are predicted by model %s", one.horizonDays(), one.modelId()));
    if (attempt.done()) {
      progress.note("nothing to do: run %s is already published", attempt.id());
      long rows = context.store().read(Table.SCORES, attempt.id()).count();
      return new Result(attempt.id(), true, asOf, modelId, rows, degraded);
    }
    Written written = write(context, snapshot, asOf, model, further, attempt.id(), pass);
    boolean trainedLater =
        Stream.concat(model.stream(), further.stream())
            .anyMatch(one -> one.provenance().asOf().isAfter(asOf));
    RunCommit commit = new RunCommit(attempt.id(), asOf, model, trainedLater, degraded);
    long rows = written.scores();
    commit.write(context, snapshot, written.lifecycles(), rows);
    if (!commit.hindsight()) {
      context.webhooks().post(List.of(commit.event(rows)));
    }
    progress.done("published run %s of %,d products", attempt.id(), rows);
    TopProducts.print(context, attempt.id());
    return new Result(attempt.id(), false, asOf, modelId, rows, degraded);
  }

  /** Returns the models of the further horizons that have one, the shortest horizon first. */
  private static List<TrendModel> furtherModels(
      JobContext context, LocalDate asOf, boolean hindsight, List<String> degraded) {
    List<TrendModel> models = new ArrayList<>();
    for (int days : context.config().furtherHorizons()) {
      Optional<TrendModel> model = ChampionModel.at(context.ofHorizon(days), asOf, hindsight);
      model.ifPresent(models::add);
      if (model.isEmpty()) {
        degraded.add(
            "No model of %d days was promoted by %s, so the forecasts of %d days are left out."
                .formatted(days, asOf, days));
      }
    }
    return models;
  }

  private static Object[] inputs(
      JobConfig config,
      TableSnapshot snapshot,
      LocalDate asOf,
      @Nullable String modelId,
      List<TrendModel> further) {
    List<Object> inputs =
        new ArrayList<>(
            List.of(
                asOf,
                String.valueOf(modelId),
                snapshot.ingestIds(),
                snapshot.settingsId(),
                List.of(config.score(), config.markets())));
    if (!further.isEmpty()) {
      inputs.add(further.stream().map(TrendModel::modelId).toList());
    }
    return inputs.toArray();
  }

  private static void checkFresh(
      JobConfig config, TableSnapshot snapshot, LocalDate asOf, List<String> degraded) {
    LocalDate known =
        snapshot
            .calendar()
            .watermark(asOf)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "No sales were known on " + asOf + ": use a later day for --as-of."));
    long age = ChronoUnit.DAYS.between(known, asOf);
    if (age > FRESH_DAYS && !config.score().allowStale()) {
      throw new IllegalArgumentException(
          "Sales end on %s, %d days before %s: ingest the missing days, or score without them with --set score.allow_stale=true."
              .formatted(known, age, asOf));
    }
    if (age > FRESH_DAYS) {
      degraded.add("Sales end on %s, %d days before the run's day.".formatted(known, age));
    }
  }

  /**
   * Numbers of a run's rows.
   *
   * @param lifecycles lifecycle and number of rows, including those that are not scored
   * @param scores number of scored products
   */
  private record Written(List<Row> lifecycles, long scores) {}

  private static Written write(
      JobContext context,
      TableSnapshot snapshot,
      LocalDate asOf,
      Optional<TrendModel> model,
      List<TrendModel> further,
      String runId,
      FeaturePass pass) {
    JobConfig config = context.config();
    Optional<TrendModel> answering = model.filter(Score::answersWhatIfs);
    Set<String> columns = new HashSet<>(model.map(Score::inputs).orElseGet(Set::of));
    answering.ifPresent(m -> columns.add(FeatureRows.PLAN));
    DayFeatures features = pass.at(snapshot, asOf, columns);
    Dataset<Row> rows = features.rows();
    List<Row> lifecycles = rows.groupBy("lifecycle").count().collectAsList();
    context
        .progress()
        .done("computed %,d rows", lifecycles.stream().mapToLong(row -> row.getLong(1)).sum());
    Dataset<Row> keywords =
        features
            .productKeywords()
            .withColumnRenamed("cutoff", "as_of")
            .withColumn("run_id", lit(runId));
    long matches = context.store().append(Table.PRODUCT_KEYWORDS, runId, keywords);
    context.progress().done("wrote %,d rows", matches);
    List<String> scored = config.score().lifecycles();
    Dataset<Row> scores =
        model
            .map(m -> Scorer.score(rows, m, scored, PreviousRun.scores(context, asOf)))
            .orElseGet(() -> Scorer.baseline(rows, config.horizonDays(), scored));
    long written =
        further.isEmpty()
            ? append(context, runId, scores)
            : appendWithHorizons(context, snapshot, asOf, further, runId, scores);
    answering.ifPresent(
        m ->
            context
                .store()
                .append(
                    Table.SCORE_INPUTS,
                    runId,
                    ScoreInputs.of(rows, m, scored).withColumn("run_id", lit(runId))));
    context.progress().done("wrote %,d rows", written);
    return new Written(lifecycles, written);
  }

  private static boolean answersWhatIfs(TrendModel model) {
    return WhatIfVerdict.of(model.provenance().parameters()).outcome()
        == WhatIfVerdict.Outcome.ANSWERED;
  }

  private static long append(JobContext context, String runId, Dataset<Row> scores) {
    return context.store().append(Table.SCORES, runId, scores.withColumn("run_id", lit(runId)));
  }

  private static long appendWithHorizons(
      JobContext context,
      TableSnapshot snapshot,
      LocalDate asOf,
      List<TrendModel> further,
      String runId,
      Dataset<Row> scores) {
    List<FeaturePass> passes =
        further.stream().map(model -> new FeaturePass(List.of(asOf), model.horizonDays())).toList();
    try {
      List<Dataset<Row>> predictions = new ArrayList<>();
      for (int i = 0; i < passes.size(); i++) {
        TrendModel model = further.get(i);
        Dataset<Row> rows = passes.get(i).at(snapshot, asOf, inputs(model)).rows();
        predictions.add(
            FurtherHorizons.predict(rows, model, context.config().score().lifecycles()));
      }
      return append(context, runId, FurtherHorizons.append(scores, predictions));
    } finally {
      passes.forEach(FeaturePass::close);
    }
  }

  private static Set<String> inputs(TrendModel model) {
    return model.features().stream().map(InputFeature::name).collect(Collectors.toSet());
  }
}
