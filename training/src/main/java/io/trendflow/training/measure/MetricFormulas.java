package io.trendflow.training.measure;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.jspecify.annotations.Nullable;

/** Formulas of {@link Metric}. Null means undefined. */
final class MetricFormulas {
  private static final int NDCG_DEPTH = 100;
  private static final int UPLIFT_DEPTH = 50;
  private static final double BREAKOUT_RATIO = 1.5;
  private static final double BREAKOUT_UNITS = 10;

  /**
   * Units added to both sides of a breakout's score, which damp products that sell next to none.
   */
  private static final double BREAKOUT_DAMPING = 5;

  /** Share of the price that a unit sold earns. */
  private static final double MARGIN = 0.5;

  /** Share of the price that a unit left over loses. */
  private static final double LOSS = 0.2;

  /** Largest difference of two uplifts that are equal except for rounding. */
  private static final double UPLIFT_TOLERANCE = 1e-9;

  private MetricFormulas() {}

  static @Nullable Double wape(GroupPredictions rows) {
    double actual = DoubleStream.of(rows.actual()).sum();
    return actual > 0 ? absoluteError(rows) / actual : null;
  }

  static @Nullable Double mae(GroupPredictions rows) {
    return absoluteError(rows) / rows.size();
  }

  static @Nullable Double bias(GroupPredictions rows) {
    double actual = DoubleStream.of(rows.actual()).sum();
    return actual > 0 ? DoubleStream.of(rows.expected()).sum() / actual - 1 : null;
  }

  /** Returns Spearman's correlation of expected and actual units; null if one side is constant. */
  static @Nullable Double spearman(GroupPredictions rows) {
    double correlation =
        rows.size() < 2
            ? Double.NaN
            : new PearsonsCorrelation()
                .correlation(rows.averageRanks(rows.expected()), rows.averageRanks(rows.actual()));
    return Double.isNaN(correlation) ? null : correlation;
  }

  static @Nullable Double precision(GroupPredictions rows) {
    int k = Math.max(1, rows.size() / 10);
    boolean[] best = new boolean[rows.size()];
    IntStream.of(rows.top(rows.actual(), k)).forEach(i -> best[i] = true);
    return IntStream.of(rows.top(rows.expected(), k)).filter(i -> best[i]).count() / (double) k;
  }

  /**
   * Returns Järvelin and Kekäläinen's normalised discounted cumulative gain, with units as the
   * gain.
   */
  static @Nullable Double ndcg(GroupPredictions rows) {
    double best = discountedGain(rows.actual(), rows.top(rows.actual(), NDCG_DEPTH));
    double got = discountedGain(rows.actual(), rows.top(rows.expected(), NDCG_DEPTH));
    return best > 0 ? got / best : null;
  }

  /** Returns the share of the best 50 products' uplift that the 50 first realise. */
  static @Nullable Double upliftCaptured(GroupPredictions rows) {
    return upliftCaptured(rows, UPLIFT_DEPTH);
  }

  /**
   * Returns the share of the best {@code depth} products' uplift that the {@code depth} highest
   * predicted uplifts realise. The result is null for fewer than {@code 2 * depth} rows, if the
   * best have no uplift, and if the 51 highest predicted uplifts are equal: such a method chooses
   * by product id alone.
   */
  static @Nullable Double upliftCaptured(GroupPredictions rows, int depth) {
    double[] predicted = rows.predictedUplift();
    if (rows.size() < 2 * depth || !choosesByUplift(rows, predicted)) {
      return null;
    }
    return captured(rows, rows.actualUplift(), predicted, depth);
  }

  /**
   * Returns the share of the best 5 % of the products' revenue uplift that the 5 % with the highest
   * predicted revenue uplift realise. It is undefined where {@link #upliftCaptured} is.
   */
  static @Nullable Double revenueCaptured(GroupPredictions rows) {
    double[] predicted = times(rows.predictedUplift(), rows.price());
    if (rows.size() < 2 * UPLIFT_DEPTH || !choosesByUplift(rows, predicted)) {
      return null;
    }
    return captured(
        rows, times(rows.actualUplift(), rows.price()), predicted, Math.max(1, rows.size() / 20));
  }

  private static @Nullable Double captured(
      GroupPredictions rows, double[] gain, double[] predicted, int depth) {
    double best = sum(gain, rows.top(gain, depth));
    return best > 0 ? (Double) (sum(gain, rows.top(predicted, depth)) / best) : null;
  }

  /**
   * Returns the Qini coefficient: 0 for a random order, 1 for the best order in hindsight. It is
   * null if all rows have the same uplift, or if the method chooses by product id alone.
   */
  static @Nullable Double qini(GroupPredictions rows) {
    double[] actual = rows.actualUplift();
    double[] predicted = rows.predictedUplift();
    double best = areaAboveRandom(actual, rows.order(actual));
    return best > UPLIFT_TOLERANCE && choosesByUplift(rows, predicted)
        ? (Double) (areaAboveRandom(actual, rows.order(predicted)) / best)
        : null;
  }

  private static double areaAboveRandom(double[] uplift, int[] order) {
    double total = DoubleStream.of(uplift).sum();
    double reached = 0;
    double area = 0;
    for (int i = 0; i < order.length; i++) {
      reached += uplift[order[i]];
      area += reached - (i + 1.0) / order.length * total;
    }
    return area;
  }

  /**
   * Returns the average precision of the rows that break out; null if there are none, or if the
   * method's scores do not differ.
   */
  static @Nullable Double breakouts(GroupPredictions rows) {
    double[] scores = new double[rows.size()];
    Arrays.setAll(
        scores,
        i -> (rows.expected()[i] + BREAKOUT_DAMPING) / (rows.baseline()[i] + BREAKOUT_DAMPING));
    if (!choosesByUplift(rows, scores)) {
      return null;
    }
    int[] order = rows.order(scores);
    int found = 0;
    double precisions = 0;
    for (int i = 0; i < order.length; i++) {
      if (breaksOut(rows.actual()[order[i]], rows.baseline()[order[i]])) {
        found++;
        precisions += found / (i + 1.0);
      }
    }
    return found > 0 ? (Double) (precisions / found) : null;
  }

  private static boolean breaksOut(double actual, double baseline) {
    return actual >= BREAKOUT_RATIO * baseline && actual - baseline >= BREAKOUT_UNITS;
  }

  /** Returns the value of ordering the expected units; null if the baseline is perfect. */
  static @Nullable Double value(GroupPredictions rows) {
    double naive = profit(rows, rows.baseline());
    double best = profit(rows, rows.actual()) - naive;
    return best > UPLIFT_TOLERANCE
        ? (Double) ((profit(rows, rows.expected()) - naive) / best)
        : null;
  }

  private static double profit(GroupPredictions rows, double[] ordered) {
    double profit = 0;
    for (int i = 0; i < rows.size(); i++) {
      double actual = rows.actual()[i];
      double left = Math.max(ordered[i] - actual, 0);
      profit += rows.price()[i] * (MARGIN * Math.min(actual, ordered[i]) - LOSS * left);
    }
    return profit;
  }

  /** Returns the share of the 50 first that beat the baseline; null as {@link #upliftCaptured}. */
  static @Nullable Double hitRate(GroupPredictions rows) {
    int[] first = firstByUplift(rows);
    double[] actual = rows.actualUplift();
    return first == null
        ? null
        : (Double) (IntStream.of(first).filter(i -> actual[i] > 0).count() / (double) UPLIFT_DEPTH);
  }

  /**
   * Returns the realised part of the 50 first's predicted uplift; also null if they promise none.
   */
  static @Nullable Double promiseKept(GroupPredictions rows) {
    int[] first = firstByUplift(rows);
    double promised = first == null ? 0 : sum(rows.predictedUplift(), first);
    return first == null || promised <= 0
        ? null
        : (Double) (sum(rows.actualUplift(), first) / promised);
  }

  /** Returns the 50 first; null for fewer than 100 rows, or if they are chosen by id alone. */
  private static int @Nullable [] firstByUplift(GroupPredictions rows) {
    double[] predicted = rows.predictedUplift();
    return rows.size() < 2 * UPLIFT_DEPTH || !choosesByUplift(rows, predicted)
        ? null
        : rows.top(predicted, UPLIFT_DEPTH);
  }

  /** Returns whether the 51 highest predicted uplifts, or all if there are fewer, differ. */
  static boolean choosesByUplift(GroupPredictions rows, double[] predicted) {
    int[] chosen = rows.top(predicted, UPLIFT_DEPTH + 1);
    double spread = predicted[chosen[0]] - predicted[chosen[chosen.length - 1]];
    return spread > UPLIFT_TOLERANCE;
  }

  static @Nullable Double coverage(GroupPredictions rows) {
    return mean(
        withInterval(rows)
            .mapToDouble(
                i -> {
                  double units = rows.actual()[i];
                  return rows.lower()[i] <= units && units <= rows.upper()[i] ? 1 : 0;
                }));
  }

  static @Nullable Double width(GroupPredictions rows) {
    return mean(withInterval(rows).mapToDouble(i -> rows.upper()[i] - rows.lower()[i]));
  }

  private static double[] times(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).toArray();
  }

  private static double absoluteError(GroupPredictions rows) {
    return IntStream.range(0, rows.size())
        .mapToDouble(i -> Math.abs(rows.actual()[i] - rows.median()[i]))
        .sum();
  }

  private static double discountedGain(double[] units, int[] order) {
    double gain = 0;
    for (int i = 0; i < order.length; i++) {
      gain += Math.max(0, units[order[i]]) * Math.log(2) / Math.log(i + 2.0);
    }
    return gain;
  }

  static double sum(double[] values, int[] positions) {
    return IntStream.of(positions).mapToDouble(i -> values[i]).sum();
  }

  private static IntStream withInterval(GroupPredictions rows) {
    return IntStream.range(0, rows.size()).filter(i -> !Double.isNaN(rows.lower()[i]));
  }

  private static @Nullable Double mean(DoubleStream values) {
    var mean = values.average();
    return mean.isPresent() ? mean.getAsDouble() : null;
  }
}
