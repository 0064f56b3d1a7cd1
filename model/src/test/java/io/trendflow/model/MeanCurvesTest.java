package io.trendflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MeanCurvesTest {
  @Test
  void aLifecycleHasACurveOfItsOwn() {
    List<PredictionResidual> predictions = predictions("new", 40_000, 1, new Random(1));
    predictions.addAll(predictions("established", 40_000, 0.2, new Random(2)));
    MeanCurves curves = MeanCurves.of(predictions);
    // The mean of exp of a normal variable with deviation s is exp(s s / 2).
    assertThat(curves.units("new", 2)).isCloseTo(Math.exp(2.5) - 1, within(0.6));
    assertThat(curves.units("established", 2)).isCloseTo(Math.exp(2.02) - 1, within(0.3));
    assertThat(curves.units("launch", 2)).isEqualTo(curves.all().units(2));
  }

  @Test
  void theOrderOfThePredictionsIsIrrelevant() {
    List<PredictionResidual> predictions = predictions("new", 1000, 0.5, new Random(1));
    MeanCurves curves = MeanCurves.of(predictions);
    Collections.shuffle(predictions, new Random(2));
    assertThat(MeanCurves.of(predictions)).isEqualTo(curves);
  }

  @Test
  void withoutPredictionsTheMeanIsTheInverseTransform() {
    assertThat(MeanCurves.of(List.of())).isEqualTo(MeanCurves.uncorrected());
    assertThat(MeanCurves.uncorrected().units("new", 1)).isEqualTo(Math.expm1(1));
  }

  @Test
  void theMeanNeverFallsBelowZero() {
    MeanCurves low = new MeanCurves(Map.of(), new MeanCurve(-2, 1));
    assertThat(low.units("new", -0.5)).isZero();
  }

  private static List<PredictionResidual> predictions(
      String lifecycle, int n, double noise, Random random) {
    List<PredictionResidual> predictions = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double raw = 4 * random.nextDouble();
      double log = raw + noise * random.nextGaussian();
      predictions.add(new PredictionResidual(lifecycle, raw, Math.expm1(log)));
    }
    return predictions;
  }
}
