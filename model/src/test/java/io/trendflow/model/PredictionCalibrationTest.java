package io.trendflow.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests a calibration on outcomes whose distribution is known. */
class PredictionCalibrationTest {
  private static final LocalDate MAY = LocalDate.parse("2024-05-04");
  private static final int CUTOFFS = 12;

  private static final List<PastPrediction> PAST = new ArrayList<>();
  private static PredictionCalibration calibration = PredictionCalibration.unknown();

  @BeforeAll
  static void learn() {
    Random random = new Random(1);
    for (int cutoff = 0; cutoff < CUTOFFS; cutoff++) {
      double level = 0.3 * random.nextGaussian();
      PAST.addAll(rows("established", cutoff, 1000, 0.5, level, random));
      PAST.addAll(rows("launch", cutoff, 4, 1, level, random));
    }
    calibration = PredictionCalibration.of(PAST);
  }

  @Test
  void everyQuantileHoldsItsShareOfNewOutcomes() {
    List<PastPrediction> fresh = rows("established", CUTOFFS, 20000, 0.5, 0, new Random(2));
    for (int i = 0; i < UnitQuantiles.LEVELS.size(); i++) {
      int level = i;
      double share =
          fresh.stream().filter(p -> p.actualUnits() <= quantiles(p).units().get(level)).count()
              / (double) fresh.size();
      assertThat(share).isCloseTo(UnitQuantiles.LEVELS.get(i) / 100.0, within(0.03));
    }
  }

  @Test
  void fewLaunchesAreEnoughForTheirOwnInterval() {
    List<PastPrediction> fresh = rows("launch", CUTOFFS, 20000, 1, 0, new Random(3));
    double held =
        fresh.stream()
                .filter(p -> p.actualUnits() >= quantiles(p).lower())
                .filter(p -> p.actualUnits() <= quantiles(p).upper())
                .count()
            / (double) fresh.size();
    assertThat(held).isBetween(0.74, 0.86);
  }

  @Test
  void theChanceIsTheShareThatExceedsTheBaseline() {
    List<PastPrediction> fresh = rows("established", CUTOFFS, 40000, 0.5, 0, new Random(4));
    double[] rows = new double[10];
    double[] predicted = new double[10];
    double[] exceeded = new double[10];
    for (PastPrediction p : fresh) {
      double chance =
          requireNonNull(
              calibration.chance("established", p.residual().rawPrediction(), p.baselineUnits()));
      int bin = (int) Math.min(9, 10 * chance);
      rows[bin]++;
      predicted[bin] += chance;
      exceeded[bin] += p.actualUnits() > p.baselineUnits() ? 1 : 0;
    }
    for (int bin = 0; bin < 10; bin++) {
      if (rows[bin] >= 200) {
        assertThat((predicted[bin] - exceeded[bin]) / rows[bin])
            .as("bin %d", bin)
            .isBetween(-0.05, 0.05);
      }
    }
  }

  @Test
  void theOrderOfThePredictionsIsIrrelevant() {
    List<PastPrediction> shuffled = new ArrayList<>(PAST);
    Collections.shuffle(shuffled, new Random(5));
    assertThat(PredictionCalibration.of(shuffled)).isEqualTo(calibration);
  }

  @Test
  void onlyTheLatestCutoffsOfALifecycleCountForItsErrors() {
    List<PastPrediction> past = new ArrayList<>(PAST);
    Random random = new Random(6);
    past.addAll(rows("established", -1, 1000, 3, 0, random));
    past.addAll(rows("launch", -1, 100, 3, 0, random));
    ResidualTables tables = PredictionCalibration.of(past).residuals();
    assertThat(requireNonNull(tables.cell("established", 2)).halfWidth())
        .as("the latest 10,000 are those of ten cutoffs")
        .isCloseTo(
            requireNonNull(calibration.residuals().cell("established", 2)).halfWidth(),
            within(0.02));
    assertThat(requireNonNull(tables.cell("launch", 2)).halfWidth())
        .isGreaterThan(1.5 * requireNonNull(calibration.residuals().cell("launch", 2)).halfWidth());
  }

  @Test
  void tooFewPredictionsGiveNoCalibration() {
    assertThat(PredictionCalibration.of(PAST.subList(0, 8)))
        .isEqualTo(PredictionCalibration.unknown());
    assertThat(PredictionCalibration.of(List.of())).isEqualTo(PredictionCalibration.unknown());
    assertThat(PredictionCalibration.unknown().chance("new", 2, 1)).isNull();
    assertThat(PredictionCalibration.unknown().quantiles("new", 2)).isNull();
  }

  private static UnitQuantiles quantiles(PastPrediction past) {
    PredictionResidual residual = past.residual();
    return requireNonNull(calibration.quantiles(residual.lifecycle(), residual.rawPrediction()));
  }

  /** Returns outcomes that are normal on the log scale around prediction and level. */
  private static List<PastPrediction> rows(
      String lifecycle, int cutoff, int n, double sd, double level, Random random) {
    List<PastPrediction> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double raw = 4 + 2 * random.nextDouble();
      double actual = Math.max(0, Math.expm1(raw + level + sd * random.nextGaussian()));
      double baseline = Math.expm1(raw + 0.6 * random.nextGaussian());
      rows.add(
          new PastPrediction(
              MAY.plusWeeks(cutoff),
              new PredictionResidual(lifecycle, raw, actual),
              baseline,
              Math.expm1(raw + sd * sd / 2),
              random.nextDouble()));
    }
    return rows;
  }
}
