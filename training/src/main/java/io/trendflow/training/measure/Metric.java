package io.trendflow.training.measure;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Metric of a backtest in each group of rows. Errors are errors of the median, bias is of the mean.
 */
public enum Metric {
  /** Sum of absolute errors divided by the sum of actual units. */
  WAPE("WAPE", MetricFormulas::wape),
  /** Sum of predicted units divided by the sum of actual units, minus 1. */
  BIAS("bias", MetricFormulas::bias),
  /** Mean absolute error in units. */
  MAE("MAE", MetricFormulas::mae),
  /** Spearman's rank correlation of expected and actual units. */
  SPEARMAN("Spearman", MetricFormulas::spearman),
  /**
   * Share of the rows in the top tenth by expected units that are in the top tenth by actual units.
   */
  PRECISION_10("prec@10%", MetricFormulas::precision),
  /** Discounted units of the 100 highest predictions, divided by those of the best order. */
  NDCG_100("NDCG@100", MetricFormulas::ndcg),
  /**
   * Realised uplift of the 50 highest predicted uplifts, divided by that of the best 50 in
   * hindsight.
   */
  UPLIFT_50("uplift@50", MetricFormulas::upliftCaptured),
  /** Share of the rows with an interval whose actual units are in it. */
  COVERAGE("coverage", MetricFormulas::coverage),
  /** Mean width of the interval in units. */
  WIDTH("width", MetricFormulas::width);

  private static final Set<Metric> LESS_IS_BETTER = EnumSet.of(WAPE, MAE);

  private final String label;
  private final Function<GroupPredictions, @Nullable Double> formula;

  Metric(String label, Function<GroupPredictions, @Nullable Double> formula) {
    this.label = label;
    this.formula = formula;
  }

  /** Returns the name in {@code prediction.models}: wape, precision_10, ... */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the name in a table for people. */
  public String label() {
    return label;
  }

  /**
   * Returns whether one value is better than another; false for bias, coverage and width, which are
   * not better or worse by themselves.
   */
  boolean isBetter(double one, double other) {
    return LESS_IS_BETTER.contains(this) ? one < other : one > other;
  }

  /** Returns the metric of a group; null if it is undefined. */
  @Nullable Double of(GroupPredictions judged) {
    return formula.apply(judged);
  }
}
