package io.trendflow.training.backtest;

import static java.util.Comparator.comparingDouble;
import static java.util.Objects.requireNonNull;

import io.trendflow.features.CachedRows;
import io.trendflow.training.EnsemblePart;
import io.trendflow.training.Recipe;
import io.trendflow.training.measure.BacktestReport;
import io.trendflow.training.measure.PairedBootstrap;
import io.trendflow.training.measure.PromotionDecision;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Trial of the parts of an ensemble: the fits of a backtest predict once with all parts and once
 * without each of them.
 *
 * <p>A part is left out if the ensemble is better without it by at least two standard errors over
 * the origins, by the measure of what the part is for, and if none of the other measures that
 * decide on promotions is worse by as much. The measure is WAPE for the trees of a target, which
 * predict the median, and qini for the trees of the mean, by which products are ranked. If there
 * are several such parts, the most harmful is left out, and the others are tried again without it.
 */
final class EnsembleTrial {
  private final RollingBacktest backtest;
  private final Consumer<String> progress;
  private final Map<EnsemblePart, PartEffect> effects = new EnumMap<>(EnsemblePart.class);

  private EnsembleTrial(RollingBacktest backtest, Consumer<String> progress) {
    this.backtest = backtest;
    this.progress = progress;
  }

  /**
   * Returns the recipes whose results a trial after the plan's backtest may ask for. With few
   * origins none follows, and the smaller ensembles need no mean curves.
   */
  static Set<Recipe> wanted(Recipe recipe, BacktestPlan plan) {
    return plan.origins().size() < BacktestReport.MIN_ORIGINS
        ? Set.of(recipe)
        : recipe.withAnyParts();
  }

  /**
   * Returns the result of the parts that the trial keeps.
   *
   * @param whole result of all parts, which the returned one closes
   * @param progress receives a line for each try
   */
  static BacktestResult run(BacktestResult whole, Consumer<String> progress) {
    Recipe recipe = whole.recipe();
    if (recipe.withoutEachPart().isEmpty()) {
      return whole;
    }
    if (!whole.report().hasStandardErrors()) {
      return whole.withEnsemble(EnsembleVerdict.untried(whole.report().judgedOrigins()), whole);
    }
    EnsembleTrial trial = new EnsembleTrial(whole.backtest(), progress);
    Recipe kept = trial.keptOf(recipe);
    EnsembleVerdict verdict = EnsembleVerdict.of(List.copyOf(trial.effects.values()));
    return (kept.equals(recipe) ? whole : whole.backtest().result(kept))
        .withEnsemble(verdict, whole);
  }

  private Recipe keptOf(Recipe recipe) {
    Map<EnsemblePart, Recipe> without = recipe.withoutEachPart();
    Optional<PartEffect> worst =
        effects(recipe, without).stream()
            .filter(PartEffect::isHarmful)
            .max(comparingDouble(PartEffect::size));
    return worst.map(effect -> keptOf(requireNonNull(without.get(effect.part())))).orElse(recipe);
  }

  /**
   * Compares the ensembles by their predictions before calibration, which would correct each by its
   * own past.
   */
  private List<PartEffect> effects(Recipe recipe, Map<EnsemblePart, Recipe> without) {
    Dataset<Row> with = CachedRows.of(backtest.uncalibrated(recipe));
    try {
      List<PartEffect> found = new ArrayList<>();
      without.forEach(
          (part, less) -> {
            PartEffect effect =
                new PartEffect(
                    part,
                    PairedBootstrap.of(
                        backtest.uncalibrated(less), with, PromotionDecision.METRICS));
            progress.accept("ensemble " + effect.text());
            found.add(effect);
          });
      found.forEach(effect -> effects.put(effect.part(), effect));
      return found;
    } finally {
      CachedRows.release(with);
    }
  }
}
