package io.trendflow.model;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Factors by which the highest predicted uplifts came true in the past, by their rank. The highest
 * of many predictions are the highest because of their errors too and keep less than they promise
 * (the winner's curse).
 *
 * @param factors factor by {@link PastPrediction#upliftShare}
 */
public record UpliftShrinkage(PiecewiseCurve factors) implements Serializable {
  /** Borders of the bins of the highest uplifts, as shares of the rows. */
  private static final List<Double> BORDERS = List.of(0.0, 0.01, 0.02, 0.05, 0.1, 0.2);

  /** Share from which on an uplift stays as it is. */
  private static final double UNCHANGED_FROM = 0.25;

  private static final double MAX_FACTOR = 1.25;

  /** Variance of the prior of a factor, whose mean is 1. */
  private static final double PRIOR_VARIANCE = 0.25;

  /** Number of weekly cutoffs whose horizons overlap, and whose errors are therefore alike. */
  private static final double ALIKE_CUTOFFS = 4;

  /** Returns the shrinkage that changes nothing. */
  public static UpliftShrinkage none() {
    return new UpliftShrinkage(new PiecewiseCurve(List.of(0.0), List.of(1.0)));
  }

  /** Returns the factor for a rank, as a share. */
  public double factor(double upliftShare) {
    return factors.at(upliftShare);
  }

  /**
   * Learns the factors, from predictions in any order.
   *
   * @param past predictions with outcomes at the expected level (see {@link CutoffLevel})
   */
  static UpliftShrinkage of(Collection<PastPrediction> past) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int bin = 1; bin < BORDERS.size(); bin++) {
      double from = BORDERS.get(bin - 1);
      double to = BORDERS.get(bin);
      List<PastPrediction> rows =
          past.stream().filter(p -> p.upliftShare() >= from && p.upliftShare() < to).toList();
      if (!rows.isEmpty()) {
        x.add((from + to) / 2);
        y.add(Math.max(0, Math.min(MAX_FACTOR, shrunken(rows))));
      }
    }
    x.add(UNCHANGED_FROM);
    y.add(1.0);
    return new UpliftShrinkage(new PiecewiseCurve(x, y));
  }

  /**
   * Returns the ratio of realised to promised uplift, shrunk towards 1 by how much it varies from
   * cutoff to cutoff (empirical Bayes).
   */
  private static double shrunken(List<PastPrediction> rows) {
    double promised = rows.stream().mapToDouble(PastPrediction::promisedUplift).sum();
    Map<LocalDate, List<PastPrediction>> cutoffs =
        rows.stream().collect(groupingBy(PastPrediction::cutoff, TreeMap::new, toList()));
    if (promised <= 0 || cutoffs.size() < 2) {
      return 1;
    }
    double ratio = rows.stream().mapToDouble(PastPrediction::realisedUplift).sum() / promised;
    double errors = 0;
    for (List<PastPrediction> cutoff : cutoffs.values()) {
      double error =
          cutoff.stream().mapToDouble(p -> p.realisedUplift() - ratio * p.promisedUplift()).sum();
      errors += error * error;
    }
    double variance = ALIKE_CUTOFFS * errors / (promised * promised);
    return 1 + PRIOR_VARIANCE / (PRIOR_VARIANCE + variance) * (ratio - 1);
  }
}
