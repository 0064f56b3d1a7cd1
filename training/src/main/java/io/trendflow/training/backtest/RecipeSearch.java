package io.trendflow.training.backtest;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expm1;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sum;

import io.trendflow.model.PredictionTarget;
import io.trendflow.model.TrendModel;
import io.trendflow.scoring.Scorer;
import io.trendflow.training.BacktestFolds;
import io.trendflow.training.Recipe;
import io.trendflow.training.TrainingData;
import io.trendflow.training.TrainingLineage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Random search for a better recipe, by fits at days before the backtest: the backtest judges a
 * recipe that it was not used to find.
 *
 * <p>Every candidate is fitted at these rolling origins and judged by its mean WAPE on the horizon
 * after each origin. Early stopping chooses the number of trees with the lowest WAPE. The first
 * candidate is the given recipe; the others are drawn at random (Bergstra and Bengio, Random Search
 * for Hyper-Parameter Optimization, 2012), reproducibly for a given seed.
 */
public final class RecipeSearch {
  private static final List<PredictionTarget> TARGETS = List.of(PredictionTarget.values());
  private static final List<Integer> DEPTHS = List.of(4, 5, 6, 7);
  private static final List<Double> LEARNING_RATES = List.of(0.05, 0.1, 0.15, 0.2, 0.3);
  private static final List<Integer> MIN_INSTANCES = List.of(20, 50, 100, 200);
  private static final List<Double> SUBSAMPLES = List.of(0.5, 0.7, 0.9);
  private static final List<Double> FEATURE_FRACTIONS = List.of(0.2, 0.33, 0.5, 0.8);

  private final TrainingData data;
  private final BacktestPlan plan;
  private final TrainingLineage lineage;
  private final InstantSource clock;

  /** Recipe and its mean WAPE. */
  private record Candidate(Recipe recipe, double wape) {}

  private RecipeSearch(
      TrainingData data, BacktestPlan plan, TrainingLineage lineage, InstantSource clock) {
    this.data = data;
    this.plan = plan;
    this.lineage = lineage;
    this.clock = clock;
  }

  /**
   * Returns the best recipe found within the budget.
   *
   * @param data feature rows and labels that the plan with a search needs
   * @param recipe first candidate; the others have at most as many trees
   * @param budget time limit; a candidate starts only if it would end in time at the pace of the
   *     slowest one
   * @param progress receives one line per candidate
   * @return the best recipe
   * @throws IllegalArgumentException if there is too little history before the first origin
   */
  public static Recipe run(
      TrainingData data,
      Recipe recipe,
      BacktestPlan plan,
      Duration budget,
      InstantSource clock,
      TrainingLineage lineage,
      Consumer<String> progress) {
    if (plan.searchOrigins().isEmpty()) {
      throw new IllegalArgumentException(
          "search.minutes is set, but there is too little history before %s for a search: set it to 0, or choose later train.origins"
              .formatted(plan.origins().get(0)));
    }
    return new RecipeSearch(data, plan, lineage, clock).best(recipe, budget, progress).recipe();
  }

  private Candidate best(Recipe recipe, Duration budget, Consumer<String> progress) {
    Random random = new Random(recipe.seed());
    Instant end = clock.instant().plus(budget);
    Candidate best = new Candidate(recipe, Double.POSITIVE_INFINITY);
    Duration slowest = Duration.ZERO;
    for (int number = 1; number == 1 || clock.instant().plus(slowest).isBefore(end); number++) {
      Instant begun = clock.instant();
      Candidate candidate = judge(number == 1 ? recipe : draw(recipe, random));
      boolean better = candidate.wape() < best.wape();
      best = better ? candidate : best;
      progress.accept(line(number, candidate) + (better ? ", best so far" : ""));
      Duration took = Duration.between(begun, clock.instant());
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }
    return best;
  }

  /** Returns the recipe with its best number of trees. */
  private Candidate judge(Recipe recipe) {
    Row best =
        BacktestFolds.at(
                plan.searchOrigins(),
                plan.searchOrigins(),
                data,
                recipe,
                Set.of(recipe),
                lineage,
                line -> {})
            .stream()
            .map(models -> staged(models.of(recipe), recipe))
            .reduce(Dataset::unionByName)
            .orElseThrow()
            .join(data.labelsKnownAt(plan.origins().get(0)), TrainingData.keys())
            .select(
                col("cutoff"),
                col("market"),
                col("label_units"),
                posexplode(col("staged")).as(new String[] {"tree", "raw"}))
            .withColumn("median", greatest(lit(0.0), expm1("raw")))
            .groupBy("cutoff", "market", "tree")
            .agg(
                sum(abs(col("median").minus(col("label_units")))).as("error"),
                sum("label_units").as("units"))
            .filter(col("units").gt(0))
            .groupBy("tree")
            .agg(avg(col("error").divide(col("units"))).as("wape"))
            .orderBy("wape", "tree")
            .takeAsList(1)
            .stream()
            .findFirst()
            .orElseThrow(this::nothingSold);
    return new Candidate(
        recipe.withTrees(best.<Integer>getAs("tree") + 1), best.<Double>getAs("wape"));
  }

  private IllegalArgumentException nothingSold() {
    return new IllegalArgumentException(
        "search.minutes is set, but nothing was sold in the %d days after %s, which makes all recipes equal there: set it to 0, or choose later train.origins"
            .formatted(plan.horizonDays(), plan.searchOrigins()));
  }

  private Dataset<Row> staged(TrendModel model, Recipe recipe) {
    Dataset<Row> rows =
        data.featureRows()
            .filter(col("cutoff").equalTo(lit(model.provenance().asOf())))
            .filter(col("lifecycle").isin(recipe.lifecycles().toArray()));
    return Scorer.staged(rows, model).select("cutoff", "market", "product_id", "staged");
  }

  private static Recipe draw(Recipe recipe, Random random) {
    return new Recipe(
        recipe.kind(),
        one(random, TARGETS),
        recipe.meanTrees(),
        recipe.horizonDays(),
        recipe.lifecycles(),
        recipe.cutoffs(),
        recipe.cutoffWeeks(),
        recipe.trees(),
        one(random, DEPTHS),
        one(random, LEARNING_RATES),
        one(random, MIN_INSTANCES),
        one(random, SUBSAMPLES),
        one(random, FEATURE_FRACTIONS),
        recipe.bins(),
        recipe.maxCategories(),
        recipe.seed());
  }

  private static <T> T one(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static String line(int number, Candidate candidate) {
    Recipe recipe = candidate.recipe();
    return String.format(
        Locale.ROOT,
        "candidate %d, target %s, trees %d, depth %d, learning_rate %s, min_instances %d, subsample %s, feature_fraction %s: WAPE %.3f",
        number,
        recipe.target().name().toLowerCase(Locale.ROOT),
        recipe.trees(),
        recipe.depth(),
        recipe.learningRate(),
        recipe.minInstances(),
        recipe.subsample(),
        recipe.featureFraction(),
        candidate.wape());
  }
}
