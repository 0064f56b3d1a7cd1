package io.trendflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeanCurveTest {
  /** Checks the two equations that a Poisson regression solves. */
  @Test
  void expectedUnitsAddUpToWhatWasSoldOverallAndByVolume() {
    List<PredictionResidual> residuals = residuals(5000, raw -> 0.2 + 0.9 * raw);
    MeanCurve curve = MeanCurve.fit(residuals);
    double sold = 0;
    double missed = 0;
    double missedRaw = 0;
    for (PredictionResidual residual : residuals) {
      double error = residual.actualUnits() - Math.expm1(at(curve, residual));
      sold += residual.actualUnits();
      missed += error;
      missedRaw += error * residual.rawPrediction();
    }
    assertThat(missed / sold).isCloseTo(0, within(1e-9));
    assertThat(missedRaw / sold).isCloseTo(0, within(1e-6));
  }

  /** The mean of exp of a normal variable with deviation 0.5 is exp(0.125). */
  @Test
  void aCurveIsFoundThroughTheNoise() {
    MeanCurve curve = MeanCurve.fit(residuals(200_000, raw -> 0.2 + 0.9 * raw));
    assertThat(curve.level()).isCloseTo(0.2 + 0.125, within(0.03));
    assertThat(curve.slope()).isCloseTo(0.9, within(0.01));
  }

  @Test
  void predictionsThatRankTheWrongWayRoundGiveTheMean() {
    List<PredictionResidual> residuals = residuals(1000, raw -> 5 - raw);
    double mean =
        residuals.stream().mapToDouble(PredictionResidual::actualUnits).average().orElseThrow();
    MeanCurve curve = MeanCurve.fit(residuals);
    assertThat(curve.slope()).isCloseTo(0, within(1e-8));
    assertThat(curve.units(3)).isCloseTo(mean, within(1e-6));
  }

  @Test
  void fewResidualsLeaveThePriorNearlyAsItIs() {
    MeanCurve prior = new MeanCurve(0.1, 1);
    List<PredictionResidual> few = residuals(100, raw -> 1 + 0.5 * raw);
    assertThat(MeanCurve.of(few, prior).slope()).isBetween(0.95, 0.99);
    List<PredictionResidual> many = residuals(20_000, raw -> 1 + 0.5 * raw);
    assertThat(MeanCurve.of(many, prior).slope()).isBetween(0.5, 0.58);
  }

  private static double at(MeanCurve curve, PredictionResidual residual) {
    return curve.level() + curve.slope() * residual.rawPrediction();
  }

  private static List<PredictionResidual> residuals(int n, DoubleUnaryOperator log) {
    Random random = new Random(1);
    return IntStream.range(0, n)
        .mapToObj(
            i -> {
              double raw = 4 * random.nextDouble();
              double noise = 0.5 * random.nextGaussian();
              return new PredictionResidual("new", raw, Math.expm1(log.applyAsDouble(raw) + noise));
            })
        .toList();
  }
}
