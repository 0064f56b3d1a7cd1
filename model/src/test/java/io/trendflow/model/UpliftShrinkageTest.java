package io.trendflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UpliftShrinkageTest {
  private static final LocalDate MAY = LocalDate.parse("2024-05-01");

  @Test
  void theFactorIsWhatTheHighestUpliftsKept() {
    UpliftShrinkage shrinkage = UpliftShrinkage.of(cutoffs(30, 0.6, 0));
    assertThat(shrinkage.factor(0)).isCloseTo(0.6, within(0.01));
    assertThat(shrinkage.factor(0.15)).isCloseTo(0.6, within(0.01));
    assertThat(shrinkage.factor(0.2)).isCloseTo(0.8, within(0.01));
    assertThat(shrinkage.factor(0.25)).isEqualTo(1);
    assertThat(shrinkage.factor(1)).isEqualTo(1);
  }

  @Test
  void theFactorIsLimited() {
    assertThat(UpliftShrinkage.of(cutoffs(30, 3, 0)).factor(0)).isEqualTo(1.25);
    assertThat(UpliftShrinkage.of(cutoffs(30, -1, 0)).factor(0)).isZero();
  }

  @Test
  void theFactorIsNearOneIfItDiffersFromCutoffToCutoff() {
    double steady = UpliftShrinkage.of(cutoffs(4, 0.6, 0.1)).factor(0.075);
    double unsteady = UpliftShrinkage.of(cutoffs(4, 0.6, 1)).factor(0.075);
    assertThat(steady).isBetween(0.58, 0.65);
    assertThat(unsteady).isBetween(0.75, 1.0);
    assertThat(UpliftShrinkage.of(cutoffs(1, 0.6, 0)).factor(0)).as("one cutoff").isEqualTo(1);
    assertThat(UpliftShrinkage.of(List.of())).isEqualTo(new UpliftShrinkage(one(0.25)));
    assertThat(UpliftShrinkage.none().factor(0.5)).isEqualTo(1);
  }

  /**
   * Returns predictions of which the first are the highest by luck: true uplifts of unit variance,
   * predicted with an error of unit variance. Theory halves the promise.
   */
  @Test
  void theWinnersCurseIsHalfWhereErrorAndUpliftVaryAlike() {
    Random random = new Random(1);
    List<PastPrediction> past = new ArrayList<>();
    double promised = 0;
    double kept = 0;
    for (int cutoff = 0; cutoff < 40; cutoff++) {
      List<double[]> rows = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        double uplift = random.nextGaussian();
        rows.add(new double[] {uplift + random.nextGaussian(), uplift});
      }
      rows.sort(Comparator.comparingDouble(row -> -row[0]));
      for (int i = 0; i < rows.size(); i++) {
        past.add(past(MAY.plusWeeks(cutoff), rows.get(i)[0], rows.get(i)[1], (i + 0.5) / 500));
      }
    }
    UpliftShrinkage shrinkage = UpliftShrinkage.of(past);
    for (PastPrediction row : past) {
      if (row.upliftShare() < 0.1) {
        promised += shrinkage.factor(row.upliftShare()) * row.promisedUplift();
        kept += row.realisedUplift();
      }
    }
    assertThat(shrinkage.factor(0)).isCloseTo(0.5, within(0.1));
    assertThat(kept / promised).isCloseTo(1, within(0.05));
  }

  private static PiecewiseCurve one(double x) {
    return new PiecewiseCurve(List.of(x), List.of(1.0));
  }

  /** Returns cutoffs of 100 rows that keep a share of their promise, by turns more and less. */
  private static List<PastPrediction> cutoffs(int cutoffs, double kept, double more) {
    List<PastPrediction> past = new ArrayList<>();
    for (int cutoff = 0; cutoff < cutoffs; cutoff++) {
      double factor = kept + (cutoff % 2 == 0 ? more : -more);
      for (int i = 0; i < 100; i++) {
        double promised = 101 - i;
        past.add(past(MAY.plusWeeks(cutoff), promised, factor * promised, (i + 0.5) / 100));
      }
    }
    return past;
  }

  private static PastPrediction past(
      LocalDate cutoff, double promised, double realised, double share) {
    PredictionResidual residual = new PredictionResidual("established", 5, 1000 + realised);
    return new PastPrediction(cutoff, residual, 1000, 1000 + promised, share);
  }
}
