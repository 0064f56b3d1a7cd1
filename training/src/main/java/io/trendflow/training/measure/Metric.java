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
  WAPE("WAPE", "sum of absolute errors divided by the sum of actual units", MetricFormulas::wape),
  BIAS(
      "bias",
      "sum of expected units divided by the sum of actual units, minus 1",
      MetricFormulas::bias),
  MAE("MAE", "mean absolute error in units", MetricFormulas::mae),
  SPEARMAN("Spearman", "rank correlation of expected and actual units", MetricFormulas::spearman),
  PRECISION_10(
      "prec@10%",
      "share of the top tenth by expected units that is in the top tenth by actual units",
      MetricFormulas::precision),
  NDCG_100(
      "NDCG@100",
      "discounted units of the 100 highest predictions, divided by those of the best order",
      MetricFormulas::ndcg),
  UPLIFT_50(
      "uplift@50",
      "realised uplift of the 50 highest predicted uplifts, divided by that of the best 50 in hindsight",
      MetricFormulas::upliftCaptured),
  /** Radcliffe, Using Control Groups to Target on Predicted Lift, 2007. */
  QINI(
      "qini",
      "area of the curve of realised uplift: 0 for a random order, 1 for the best order in hindsight",
      MetricFormulas::qini),
  UPLIFT_REVENUE_5(
      "rev.up@5%",
      "realised uplift in revenue of the first 5 %, divided by that of the best 5 % in hindsight",
      MetricFormulas::revenueCaptured),
  BREAKOUTS(
      "breakouts",
      "average precision of products that sell at least 1.5 times the baseline and 10 units more",
      MetricFormulas::breakouts),
  /** A unit sold earns half its price, a unit left over loses a fifth of it. */
  VALUE(
      "value",
      "profit of ordering the expected units: 0 for ordering the baseline, 1 for perfect foresight",
      MetricFormulas::value),
  HIT_RATE_50(
      "hits@50",
      "share of the 50 highest predicted uplifts that sell more than the baseline",
      MetricFormulas::hitRate),
  PROMISE_KEPT_50(
      "kept@50",
      "realised uplift of the 50 highest predicted uplifts, divided by their predicted uplift",
      MetricFormulas::promiseKept),
  COVERAGE(
      "coverage",
      "share of the rows with an interval whose actual units are in it",
      MetricFormulas::coverage),
  WIDTH("width", "mean width of the interval in units", MetricFormulas::width);

  private static final Set<Metric> LESS_IS_BETTER = EnumSet.of(WAPE, MAE);
  private static final Set<Metric> NEITHER_IS_BETTER =
      EnumSet.of(BIAS, PROMISE_KEPT_50, COVERAGE, WIDTH);

  private final String label;
  private final String meaning;
  private final Function<GroupPredictions, @Nullable Double> formula;

  Metric(String label, String meaning, Function<GroupPredictions, @Nullable Double> formula) {
    this.label = label;
    this.meaning = meaning;
    this.formula = formula;
  }

  /** Returns the name in {@code prediction.models}: wape, precision_10, ... */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the definition of a group's value for people, without a point. */
  public String meaning() {
    return meaning;
  }

  /** Returns the name in a table for people. */
  public String label() {
    return label;
  }

  /**
   * Returns whether one value is better than another; false for bias, the promise kept, coverage
   * and width, which are not better or worse by themselves.
   */
  boolean isBetter(double value, double than) {
    if (NEITHER_IS_BETTER.contains(this)) {
      return false;
    }
    return LESS_IS_BETTER.contains(this) ? value < than : value > than;
  }

  /** Returns the metric of a group; null if it is undefined. */
  @Nullable Double of(GroupPredictions judged) {
    return formula.apply(judged);
  }
}
