package io.trendflow.training.backtest;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import io.trendflow.features.CachedRows;
import io.trendflow.features.FeatureSpec;
import io.trendflow.training.Recipe;
import io.trendflow.training.TrainingData;
import io.trendflow.training.TrainingLineage;
import io.trendflow.training.TrendUse;
import io.trendflow.training.measure.Metric;
import io.trendflow.training.measure.PairedBootstrap;
import io.trendflow.training.measure.PairedDifference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.jspecify.annotations.Nullable;

/**
 * Trial of the features of search and social trends: backtests with and without them, and with the
 * trends of other products.
 *
 * <p>The trends are kept if, over all rows and over the launches, they improve one of WAPE,
 * Spearman and qini by at least two standard errors and worsen none by as much, both against no
 * trends and against shuffled ones. Shuffled trends have the same distribution and no meaning: what
 * they change is chance.
 */
public final class TrendTrial {
  private static final List<Metric> METRICS = List.of(Metric.WAPE, Metric.SPEARMAN, Metric.QINI);
  private static final String TRENDS = "trends";
  private static final long SHUFFLE_SEED = 1;

  private final TrainingData data;
  private final Recipe recipe;
  private final BacktestPlan plan;
  private final TrainingLineage lineage;
  private final String backtestId;
  private final Set<String> trends;
  private final Consumer<String> progress;

  private TrendTrial(
      TrainingData data,
      Recipe recipe,
      BacktestPlan plan,
      TrainingLineage lineage,
      String backtestId,
      Set<String> trends,
      Consumer<String> progress) {
    this.data = data;
    this.recipe = recipe;
    this.plan = plan;
    this.lineage = lineage;
    this.backtestId = backtestId;
    this.trends = trends;
    this.progress = progress;
  }

  /**
   * Runs the backtest of the recipe with the features that the trial chooses, then the {@link
   * EnsembleTrial} of its fits.
   *
   * @param data feature rows and labels that the plan needs, with every configured feature
   * @param ablations remaining features by the name of the features left out
   * @param trends features of trends among those of the data
   * @param progress receives one line per stage, from several threads
   * @return the backtest of the chosen features and parts; close it when its rows are no longer
   *     needed
   */
  public static BacktestResult run(
      TrainingData data,
      Recipe recipe,
      BacktestPlan plan,
      TrainingLineage lineage,
      String backtestId,
      Map<String, List<FeatureSpec>> ablations,
      Set<FeatureSpec> trends,
      TrendUse use,
      Consumer<String> progress) {
    Set<String> names = trends.stream().map(FeatureSpec::name).collect(Collectors.toSet());
    TrendTrial trial = new TrendTrial(data, recipe, plan, lineage, backtestId, names, progress);
    BacktestResult chosen = EnsembleTrial.run(trial.choose(use), progress);
    return chosen.withAblations(trial.ablations(chosen, ablations));
  }

  private BacktestResult choose(TrendUse use) {
    if (use == TrendUse.DROP || trends.isEmpty()) {
      return backtest(less(), "").withTrends(configured("does not use them"), null);
    }
    if (use == TrendUse.KEEP) {
      return backtest(data, "").withTrends(configured("uses them"), null);
    }
    if (!areKnown()) {
      TrendVerdict absent =
          new TrendVerdict(
              TrendVerdict.Outcome.ABSENT, "No product has search or social trends.", null, null);
      return backtest(less(), "").withTrends(absent, null);
    }
    BacktestResult with = backtest(data, "with trends: ");
    BacktestResult without = backtest(less(), "without trends: ");
    Comparison gain = Comparison.of(with, without);
    FeatureAblation added = ablation(TRENDS, with, without);
    if (!gain.isEarned()) {
      return without.withTrends(
          leftOut("They do not improve the forecasts measurably", gain, added, null), with);
    }
    Dataset<Row> shuffled = CachedRows.of(shuffled(data.featureRows(), trends));
    try (BacktestResult other =
        backtest(
            new TrainingData(shuffled, data.labels(), data.features()),
            recipe,
            Set.of(recipe),
            "with shuffled trends: ")) {
      Comparison over = Comparison.of(with, other);
      FeatureAblation overShuffled = ablation("trends in place of shuffled ones", with, other);
      return over.isEarned()
          ? with.withTrends(
              new TrendVerdict(
                  TrendVerdict.Outcome.KEPT,
                  "The model uses search and social trends. Against no trends: %s. Against shuffled trends: %s."
                      .formatted(gain.text(), over.text()),
                  added,
                  overShuffled),
              without)
          : without.withTrends(
              leftOut("Shuffled trends improve them as much", over, added, overShuffled), with);
    } finally {
      CachedRows.release(shuffled);
    }
  }

  private static TrendVerdict configured(String does) {
    return new TrendVerdict(
        TrendVerdict.Outcome.CONFIGURED,
        "The configuration decides on search and social trends: the model %s.".formatted(does),
        null,
        null);
  }

  private static TrendVerdict leftOut(
      String why,
      Comparison differences,
      FeatureAblation added,
      @Nullable FeatureAblation overShuffled) {
    return new TrendVerdict(
        TrendVerdict.Outcome.LEFT_OUT,
        "The model does not use search and social trends. %s: %s."
            .formatted(why, differences.text()),
        added,
        overShuffled);
  }

  /**
   * Comparison of two backtests.
   *
   * @param all differences over all rows
   * @param launches differences over the launches; none if no group has 30 of them
   */
  private record Comparison(List<PairedDifference> all, List<PairedDifference> launches) {
    static Comparison of(BacktestResult with, BacktestResult other) {
      Column launch = col("lifecycle").equalTo(lit("launch"));
      return new Comparison(
          PairedBootstrap.of(with.rows(), other.rows(), METRICS),
          PairedBootstrap.of(with.rows().filter(launch), other.rows().filter(launch), METRICS));
    }

    boolean isEarned() {
      return differences().anyMatch(PairedDifference::isBetter)
          && differences().noneMatch(PairedDifference::isWorse);
    }

    private Stream<PairedDifference> differences() {
      return Stream.concat(all.stream(), launches.stream());
    }

    String text() {
      return all.isEmpty()
          ? "no group has 30 rows"
          : Stream.concat(
                  all.stream().map(difference -> difference.text("")),
                  launches.stream().map(difference -> difference.text("for launches")))
              .collect(joining(", "));
    }
  }

  private TrainingData less() {
    return new TrainingData(
        data.featureRows(),
        data.labels(),
        data.features().stream().filter(f -> !trends.contains(f.name())).toList());
  }

  private boolean areKnown() {
    Column[] columns = trends.stream().map(name -> col(name)).toArray(Column[]::new);
    return !data.featureRows().filter(coalesce(columns).isNotNull()).isEmpty();
  }

  private BacktestResult backtest(TrainingData of, String prefix) {
    return backtest(of, recipe, EnsembleTrial.wanted(recipe, plan), prefix);
  }

  private BacktestResult backtest(TrainingData of, Recipe used, Set<Recipe> wanted, String prefix) {
    return RollingBacktest.run(
        of, used, wanted, plan, lineage, backtestId, line -> progress.accept(prefix + line));
  }

  /** Returns the backtests without some of the chosen features, with the chosen parts. */
  private Map<String, BacktestResult> ablations(
      BacktestResult chosen, Map<String, List<FeatureSpec>> ablations) {
    Map<String, BacktestResult> results = new LinkedHashMap<>();
    ablations.forEach(
        (name, left) -> {
          List<FeatureSpec> features = left.stream().filter(chosen.features()::contains).toList();
          if (!features.isEmpty() && !features.equals(chosen.features())) {
            results.put(
                name,
                backtest(
                    new TrainingData(data.featureRows(), data.labels(), features),
                    chosen.recipe(),
                    Set.of(chosen.recipe()),
                    "without " + name + ": "));
          }
        });
    return results;
  }

  private static FeatureAblation ablation(
      String name, BacktestResult with, BacktestResult without) {
    return FeatureAblation.of(
        name, without.recipeId(), BacktestFigures.parts(with), BacktestFigures.parts(without));
  }

  /**
   * Returns the rows with the columns permuted among the products of each cutoff and market, always
   * in the same way.
   */
  static Dataset<Row> shuffled(Dataset<Row> rows, Set<String> columns) {
    Column id = col("product_id");
    WindowSpec inOrder = Window.partitionBy("cutoff", "market").orderBy(id);
    WindowSpec drawn =
        Window.partitionBy("cutoff", "market")
            .orderBy(xxhash64(lit(SHUFFLE_SEED), col("cutoff"), col("market"), id), id);
    Column[] given =
        Stream.concat(
                Stream.of(col("cutoff"), col("market"), row_number().over(drawn).as("place")),
                columns.stream().sorted().map(name -> col(name)))
            .toArray(Column[]::new);
    Column[] all = Stream.of(rows.columns()).map(name -> col(name)).toArray(Column[]::new);
    return rows.drop(columns.toArray(String[]::new))
        .withColumn("place", row_number().over(inOrder))
        .join(rows.select(given), new String[] {"cutoff", "market", "place"})
        .select(all);
  }
}
