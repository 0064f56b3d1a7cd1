package io.trendflow.training.backtest;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import io.trendflow.features.CachedRows;
import io.trendflow.features.FeatureRows;
import io.trendflow.features.FeatureSpec;
import io.trendflow.history.PlannedInput;
import io.trendflow.model.whatif.SeenPlans;
import io.trendflow.model.whatif.WhatIfVerdict;
import io.trendflow.training.Recipe;
import io.trendflow.training.TrainingData;
import io.trendflow.training.TrainingExamples;
import io.trendflow.training.measure.BacktestReport;
import io.trendflow.training.measure.Metric;
import io.trendflow.training.measure.PairedBootstrap;
import io.trendflow.training.measure.PairedDifference;
import io.trendflow.training.measure.PromotionDecision;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Trial of planned prices and promotions, after which a model may answer what-ifs about them.
 *
 * <p>The training examples must have at least 30 products with five levels or more of the planned
 * price, and the backtest must be better in WAPE by at least two standard errors over the origins
 * than one without these features, and not worse by as much in any other measure that decides on
 * promotions. A level is the mean planned price over the horizon, to the nearest percent. What-ifs
 * on the price need as many products with five levels among their examples without a promotion.
 */
public final class PlanTrial {
  static final int LEVELS = 5;
  static final int LEAST_PRODUCTS = 30;

  /** Name of the features in the figures of an ablation. */
  private static final String PLANS = "planned prices and promotions";

  private static final String PRICE = "price";
  private static final String LOWEST = "0.01";
  private static final String HIGHEST = "0.99";

  private final List<FeatureSpec> features;
  private final int origins;
  private final @Nullable PlannedLevels levels;

  /**
   * Plans of the examples.
   *
   * @param products number of products
   * @param varied number of products with enough levels of the planned price
   */
  private record PlannedLevels(long products, long varied, SeenPlans seen) {
    boolean areEnough() {
      return varied >= LEAST_PRODUCTS;
    }

    String text() {
      return String.format(
          Locale.ENGLISH,
          "%,d of %,d products have at least %d levels of the planned price",
          varied,
          products,
          LEVELS);
    }
  }

  private PlanTrial(List<FeatureSpec> features, int origins, @Nullable PlannedLevels levels) {
    this.features = features;
    this.origins = origins;
    this.levels = levels;
  }

  /**
   * Looks at the plans of the examples of the final fit.
   *
   * @param data feature rows and labels, with every feature that the model may use
   */
  public static PlanTrial of(TrainingData data, Recipe recipe, BacktestPlan plan) {
    int origins = plan.origins().size();
    List<String> names =
        Stream.concat(Stream.of(PRICE), Stream.of(PlannedInput.values()).map(PlannedInput::feature))
            .toList();
    List<FeatureSpec> inputs =
        data.features().stream().filter(f -> names.contains(f.name())).toList();
    if (inputs.size() < names.size()) {
      return new PlanTrial(data.features(), origins, null);
    }
    Dataset<Row> examples =
        CachedRows.of(
            TrainingExamples.knownAt(
                new TrainingData(data.featureRows(), data.labels(), inputs), recipe, plan.asOf()));
    try {
      Column change = col(PlannedInput.PRICE_CHANGE.feature());
      Column level = round(log(col(PRICE)).plus(change).multiply(100));
      Column unpromoted = when(col(PlannedInput.PROMOTED_DAYS.feature()).equalTo(0), level);
      Row levels =
          examples
              .groupBy("market", "product_id")
              .agg(countDistinct(level).as("levels"), countDistinct(unpromoted).as("prices"))
              .agg(
                  count(lit(1)),
                  count(when(col("levels").geq(LEVELS), 1)),
                  count(when(col("prices").geq(LEVELS), 1)))
              .first();
      return new PlanTrial(
          data.features(),
          origins,
          new PlannedLevels(
              levels.getLong(0),
              levels.getLong(1),
              seen(examples, levels.getLong(2) >= LEAST_PRODUCTS)));
    } finally {
      CachedRows.release(examples);
    }
  }

  private static SeenPlans seen(Dataset<Row> examples, boolean pricesVary) {
    String days = PlannedInput.PROMOTED_DAYS.feature();
    Row figures =
        examples
            .agg(
                max(days),
                max(PlannedInput.PROMOTION_DEPTH.feature()),
                quantile(LOWEST, days + " = 0"),
                quantile(HIGHEST, days + " = 0"),
                quantile(LOWEST, days + " > 0"),
                quantile(HIGHEST, days + " > 0"))
            .first();
    return new SeenPlans(
        pricesVary,
        figures.isNullAt(0) ? 0 : (int) figures.getDouble(0),
        figures.isNullAt(1) ? 0 : figures.getDouble(1),
        range(figures, 2),
        range(figures, 4));
  }

  private static Column quantile(String share, String condition) {
    return expr(
        "percentile(%s, %s) FILTER (WHERE %s)"
            .formatted(PlannedInput.PRICE_CHANGE.feature(), share, condition));
  }

  private static SeenPlans.@Nullable PriceRange range(Row figures, int first) {
    return figures.isNullAt(first)
        ? null
        : new SeenPlans.PriceRange(figures.getDouble(first), figures.getDouble(first + 1));
  }

  /** Returns the ablation that the verdict needs; empty if there can be no trial. */
  public Map<String, List<FeatureSpec>> ablations() {
    if (levels == null || !levels.areEnough() || origins < BacktestReport.MIN_ORIGINS) {
      return Map.of();
    }
    Set<String> planned = FeatureRows.planned();
    return Map.of(PLANS, features.stream().filter(f -> !planned.contains(f.name())).toList());
  }

  /**
   * Returns the verdict.
   *
   * @param chosen backtest with the results of {@link #ablations}
   */
  public WhatIfVerdict verdict(BacktestResult chosen) {
    if (levels == null) {
      return WhatIfVerdict.refused(
          "The model does not know planned prices and promotions: ingest a source of kind calendar, and leave out neither its features nor the price.");
    }
    if (!levels.areEnough()) {
      return WhatIfVerdict.refused(
          "The planned prices of the training examples vary too little: %s, but a what-if needs %d such products."
              .formatted(levels.text(), LEAST_PRODUCTS));
    }
    BacktestResult less = chosen.ablations().get(PLANS);
    if (less == null || !chosen.report().hasStandardErrors()) {
      return WhatIfVerdict.refused(
          "The trial of planned prices and promotions needs a backtest of at least %d judged origins, but this one has %d."
              .formatted(BacktestReport.MIN_ORIGINS, chosen.report().judgedOrigins()));
    }
    return verdict(
        levels, PairedBootstrap.of(chosen.rows(), less.rows(), PromotionDecision.METRICS));
  }

  private static WhatIfVerdict verdict(PlannedLevels levels, List<PairedDifference> differences) {
    Optional<PairedDifference> wape =
        differences.stream().filter(difference -> difference.metric() == Metric.WAPE).findFirst();
    List<PairedDifference> worse = differences.stream().filter(PairedDifference::isWorse).toList();
    String told =
        Stream.concat(wape.stream(), worse.stream())
            .distinct()
            .map(difference -> difference.text("without them"))
            .collect(joining(", "));
    return wape.filter(PairedDifference::isBetter).isPresent() && worse.isEmpty()
        ? WhatIfVerdict.answered(
            "%s, and planned prices and promotions improve the forecasts measurably: %s."
                .formatted(levels.text(), told),
            levels.seen())
        : WhatIfVerdict.refused(
            "Planned prices and promotions do not improve the forecasts measurably: %s."
                .formatted(told));
  }
}
