package io.trendflow.training.measure;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a backtest measures in each group of rows. Errors are of the median, bias of the mean. */
public enum Metric {
  /** Sum of absolute errors over the sum of actual units. */
  WAPE("WAPE", MetricFormulas::wape),
  /** Sum of predicted over the sum of actual units, less 1. */
  BIAS("bias", MetricFormulas::bias),
  /** Mean absolute error in units. */
  MAE("MAE", MetricFormulas::mae),
  /** Spearman's rank correlation of expected and actual units. */
  SPEARMAN("Spearman", MetricFormulas::spearman),
  /** Share of the tenth with the highest expected units in the tenth that sold most. */
  PRECISION_10("prec@10%", MetricFormulas::precision),
  /** Discounted units of the 100 highest, over the best order's. */
  NDCG_100("NDCG@100", MetricFormulas::ndcg),
  /** Realised uplift of the 50 highest predicted uplifts, over the 50 best in hindsight. */
  UPLIFT_50("uplift@50", MetricFormulas::upliftCaptured),
  /** Share of the rows with an interval whose actual units lie in it. */
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

  /** Name in {@code prediction.models}: wape, precision_10, ... */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Name in a table for people. */
  public String label() {
    return label;
  }

  /** Whether one value is better than another; of bias, coverage and width none is by itself. */
  boolean isBetter(double one, double other) {
    return LESS_IS_BETTER.contains(this) ? one < other : one > other;
  }

  /** The metric of a group; null where it is undefined. */
  @Nullable Double of(GroupPredictions judged) {
    return formula.apply(judged);
  }
}
