package io.trendflow.training;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a backtest measures in each group of rows. Errors are of the median, bias of the mean. */
public enum Metric {
  /** Sum of absolute errors over the sum of actual units. */
  WAPE("WAPE", Metrics::wape),
  /** Sum of predicted over the sum of actual units, less 1. */
  BIAS("bias", Metrics::bias),
  /** Mean absolute error in units. */
  MAE("MAE", Metrics::mae),
  /** Spearman's rank correlation of expected and actual units. */
  SPEARMAN("Spearman", Metrics::spearman),
  /** Share of the tenth with the highest expected units in the tenth that sold most. */
  PRECISION_10("prec@10%", Metrics::precision),
  /** Discounted units of the 100 highest, over the best order's. */
  NDCG_100("NDCG@100", Metrics::ndcg),
  /** Realised uplift of the 50 highest predicted uplifts, over the 50 best in hindsight. */
  UPLIFT_50("uplift@50", Metrics::upliftCaptured),
  /** Share of the rows with an interval whose actual units lie in it. */
  COVERAGE("coverage", Metrics::coverage),
  /** Mean width of the interval in units. */
  WIDTH("width", Metrics::width);

  private static final Set<Metric> LESS_IS_BETTER = EnumSet.of(WAPE, MAE);

  private final String label;
  private final Function<Judged, @Nullable Double> formula;

  Metric(String label, Function<Judged, @Nullable Double> formula) {
    this.label = label;
    this.formula = formula;
  }

  /** Name in {@code prediction.models}: wape, precision_10, ... */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Name in a table for people. */
  String label() {
    return label;
  }

  /** Whether one value is better than another; of bias, coverage and width none is by itself. */
  boolean isBetter(double one, double other) {
    return LESS_IS_BETTER.contains(this) ? one < other : one > other;
  }

  /** The metric of a group; null where it is undefined. */
  @Nullable Double of(Judged judged) {
    return formula.apply(judged);
  }
}
