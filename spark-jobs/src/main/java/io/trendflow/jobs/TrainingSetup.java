package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;

import io.trendflow.features.CachedRows;
import io.trendflow.features.FeatureRows;
import io.trendflow.features.FeatureSettings;
import io.trendflow.features.FeatureSpec;
import io.trendflow.features.HorizonLabels;
import io.trendflow.history.Lifecycle;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.jobs.config.TrainConfig;
import io.trendflow.model.whatif.WhatIfVerdict;
import io.trendflow.schemas.Table;
import io.trendflow.training.Recipe;
import io.trendflow.training.Trainer;
import io.trendflow.training.TrainingData;
import io.trendflow.training.TrainingLineage;
import io.trendflow.training.TrendUse;
import io.trendflow.training.backtest.BacktestPlan;
import io.trendflow.training.backtest.BacktestResult;
import io.trendflow.training.backtest.PlanTrial;
import io.trendflow.training.backtest.RecipeSearch;
import io.trendflow.training.backtest.TrendTrial;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Common inputs of a backtest and the training after it: the recipe, the data as of a day, and the
 * ids derived from them.
 *
 * @param features features that the model may use; after the backtest, those that it uses
 * @param ablations entry of {@code train.ablation} to the features that it leaves
 * @param trends whether the model uses the features of trends
 */
record TrainingSetup(
    TableSnapshot snapshot,
    FeatureSettings settings,
    List<FeatureSpec> features,
    Map<String, List<FeatureSpec>> ablations,
    TrendUse trends,
    Recipe recipe,
    BacktestPlan plan,
    TrainingLineage lineage,
    BatchId backtest) {
  // Days of sales that the features of products on sale should have at every cutoff.
  private static final int HISTORY_DAYS = 84;
  private static final Set<String> NOT_SOLD =
      Set.of(Lifecycle.LAUNCH.label(), Lifecycle.DELAYED.label());

  static TrainingSetup of(JobContext context, Optional<LocalDate> day, boolean force) {
    JobConfig config = context.config();
    config.recipe().kind().requireCluster(context.spark().sparkContext().getConf());
    TableSnapshot snapshot = TableSnapshot.of(context);
    FeatureSettings settings = snapshot.settings();
    LocalDate asOf = day.orElse(snapshot.lastDay());
    List<FeatureSpec> features =
        ExcludedFeatures.remove("train.leave_out", snapshot.features(), config.train().leaveOut());
    List<LocalDate> origins = config.train().origins();
    LocalDate firstCutoff = snapshot.firstDay().plusDays(historyDays(config.recipe()));
    BacktestPlan plan =
        new BacktestPlan(
            origins.isEmpty()
                ? BacktestPlan.defaultOrigins(asOf, config.horizonDays(), firstCutoff)
                : origins,
            asOf,
            config.horizonDays(),
            config.train().cutoffs(),
            config.train().cutoffWeeks(),
            firstCutoff);
    TrainingLineage lineage =
        new TrainingLineage(
            context.codeVersion(),
            snapshot.ingestIds(),
            snapshot.settingsId(),
            context.clock().instant());
    Recipe recipe = config.recipe();
    return new TrainingSetup(
        snapshot,
        settings,
        features,
        ablations(features, config.train().ablation()),
        config.train().trends(),
        recipe,
        plan,
        lineage,
        attempt(context, snapshot, features, recipe, plan, force));
  }

  /**
   * Returns the days from the first sale to the first useful cutoff. Products that are not sold yet
   * have no sales in their features, but their baseline needs launches whose horizon is over.
   */
  static int historyDays(Recipe recipe) {
    return NOT_SOLD.containsAll(recipe.lifecycles()) ? recipe.horizonDays() : HISTORY_DAYS;
  }

  private static BatchId attempt(
      JobContext context,
      TableSnapshot snapshot,
      List<FeatureSpec> features,
      Recipe recipe,
      BacktestPlan plan,
      boolean force) {
    return BatchId.of(
        context.store(),
        Table.MODELS,
        force,
        recipe.recipeId(features),
        trials(context.config().train()),
        context.config().train().trends(),
        plan,
        snapshot.ingestIds(),
        snapshot.settingsId());
  }

  /** Returns what is tried besides the recipe; a training without what-ifs keeps its id. */
  private static List<String> trials(TrainConfig config) {
    return config.whatIf()
        ? Stream.concat(config.ablation().stream(), Stream.of("what_if")).toList()
        : config.ablation();
  }

  /** Returns the setup with the best recipe that a search finds. */
  TrainingSetup searched(JobContext context, TrainingData data, boolean force) {
    int minutes = context.config().search().minutes();
    JobProgress progress = context.progress();
    Recipe found =
        RecipeSearch.run(
            data,
            recipe,
            plan,
            Duration.ofMinutes(minutes),
            context.clock(),
            lineage,
            line -> progress.note("%s", line));
    progress.done("searched for %d minutes", minutes);
    return with(features, found, lineage, attempt(context, snapshot, features, found, plan, force));
  }

  private TrainingSetup with(
      List<FeatureSpec> used, Recipe fitted, TrainingLineage found, BatchId attempt) {
    return new TrainingSetup(
        snapshot, settings, used, ablations, trends, fitted, plan, found, attempt);
  }

  private static Map<String, List<FeatureSpec>> ablations(
      List<FeatureSpec> features, List<String> patterns) {
    Map<String, List<FeatureSpec>> left = new LinkedHashMap<>();
    for (String pattern : patterns) {
      left.put(pattern, ExcludedFeatures.remove("train.ablation", features, List.of(pattern)));
    }
    return left;
  }

  String recipeId() {
    return recipe.recipeId(features);
  }

  /**
   * Returns the ids of the recipe with and without the features of trends, and with any parts of
   * its ensemble: the backtest of each training decides on both anew. Call it before {@link
   * #chosenBy}.
   */
  Set<String> recipeIdsOfAnyChoice() {
    List<FeatureSpec> all = snapshot.features();
    return Stream.of(
            all.stream().filter(f -> features.contains(f) || FeatureRows.isTrend(f)).toList(),
            features.stream().filter(f -> !FeatureRows.isTrend(f)).toList(),
            features)
        .flatMap(some -> recipe.withAnyParts().stream().map(one -> one.recipeId(some)))
        .collect(Collectors.toSet());
  }

  String modelId() {
    return Trainer.modelId(recipeId(), plan.asOf(), lineage);
  }

  /**
   * Returns feature rows and labels of every cutoff of the plan, cached until they are {@link
   * #release released}.
   *
   * @param search whether {@link #searched} will read them too
   */
  TrainingData data(JobProgress progress, boolean search) {
    List<LocalDate> cutoffs = List.copyOf(plan.featureCutoffs(search));
    List<String> lifecycles = recipe.lifecycles();
    FeatureRows computed =
        FeatureRows.at(snapshot.tables(), snapshot.calendar(), cutoffs, settings);
    Dataset<Row> rows =
        CachedRows.of(
            computed
                .rows()
                // The weeks of a forecast are published, not learned.
                .drop("week_shares", "promoted_week_shares")
                .filter(col("lifecycle").isin(lifecycles.toArray())));
    progress.done("computed %,d rows at %d cutoffs", rows.count(), cutoffs.size());
    computed.release();
    Dataset<Row> labels =
        CachedRows.of(
            HorizonLabels.of(snapshot.tables(), plan.labelCutoffs(search), lifecycles, settings));
    progress.done("computed %,d labels", labels.count());
    return new TrainingData(rows, labels, features);
  }

  /** Removes the rows of {@link #data} from memory. */
  static void release(TrainingData data) {
    CachedRows.release(data.featureRows());
    CachedRows.release(data.labels());
  }

  /** Runs the backtest and writes its rows and its event, unless they are already written. */
  BacktestResult backtest(JobContext context, TrainingData data) {
    JobProgress progress = context.progress();
    Optional<PlanTrial> plans =
        context.config().train().whatIf()
            ? Optional.of(PlanTrial.of(data, recipe, plan))
            : Optional.empty();
    Map<String, List<FeatureSpec>> left = new LinkedHashMap<>(ablations);
    plans.ifPresent(trial -> left.putAll(trial.ablations()));
    BacktestResult result =
        TrendTrial.run(
            data,
            recipe,
            plan,
            lineage,
            backtest.id(),
            left,
            features.stream().filter(FeatureRows::isTrend).collect(Collectors.toSet()),
            trends,
            line -> progress.note("%s", line));
    Optional<WhatIfVerdict> whatIfs = plans.map(trial -> trial.verdict(result));
    whatIfs.ifPresent(result::setWhatIfs);
    progress.done("backtested %d origins", plan.origins().size());
    if (!backtest.done()) {
      context.store().append(Table.BACKTEST, backtest.id(), result.rowsWithAblations());
      new ModelEvent("backtested", "Backtest at " + plan.origins() + ".", null)
          .write(context, chosenBy(result), result);
    }
    result.report().table().lines().forEach(progress::print);
    result.figures().text().lines().forEach(progress::print);
    whatIfs.map(WhatIfVerdict::reason).ifPresent(progress::print);
    return result;
  }

  /**
   * Returns this setup with the features and the parts of the ensemble that the backtest chose, and
   * its findings on them.
   */
  TrainingSetup chosenBy(BacktestResult result) {
    return with(result.features(), result.recipe(), lineage.with(result.findings()), backtest);
  }
}
