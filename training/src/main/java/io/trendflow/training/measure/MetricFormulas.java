package io.trendflow.training.measure;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.jspecify.annotations.Nullable;

/** Formulas of {@link Metric}. Null means undefined. */
final class MetricFormulas {
  private static final int NDCG_DEPTH = 100;
  private static final int UPLIFT_DEPTH = 50;

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
            : new SpearmansCorrelation().correlation(rows.expected(), rows.actual());
    return Double.isNaN(correlation) ? null : correlation;
  }

  static @Nullable Double precision(GroupPredictions rows) {
    int k = Math.max(1, rows.size() / 10);
    Set<Integer> best =
        IntStream.of(rows.top(rows.actual(), k)).boxed().collect(Collectors.toSet());
    return IntStream.of(rows.top(rows.expected(), k)).filter(best::contains).count() / (double) k;
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

  /**
   * Returns the share of the best 50 products' uplift that the 50 highest predicted uplifts
   * realise. The result is null for fewer than 100 rows, if the best 50 have no uplift, and if the
   * 51 highest predicted uplifts are equal: such a method chooses by product id alone.
   */
  static @Nullable Double upliftCaptured(GroupPredictions rows) {
    if (rows.size() < 2 * UPLIFT_DEPTH) {
      return null;
    }
    double[] actual = rows.actualUplift();
    double[] predicted = rows.predictedUplift();
    double best = sum(actual, rows.top(actual, UPLIFT_DEPTH));
    if (best <= 0 || !choosesByUplift(rows, predicted)) {
      return null;
    }
    return sum(actual, rows.top(predicted, UPLIFT_DEPTH)) / best;
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
