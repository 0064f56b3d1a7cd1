package io.trendflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the conversion of a raw prediction to units. */
class UnitsTest {
  @Test
  void medianMeanAndIntervalFollowFromCurveAndResiduals() {
    Prediction prediction = model(-0.5, 0.7, new MeanCurve(0.3, 0.9)).units("new", 2);
    assertThat(prediction.raw()).isEqualTo(2);
    assertThat(prediction.median()).isCloseTo(Math.exp(2) - 1, within(1e-12));
    assertThat(prediction.expected()).isCloseTo(Math.expm1(0.3 + 0.9 * 2), within(1e-12));
    assertThat(prediction.lower()).isCloseTo(Math.exp(1.5) - 1, within(1e-12));
    assertThat(prediction.upper()).isCloseTo(Math.exp(2.7) - 1, within(1e-12));
  }

  @Test
  void theMedianLiesInTheInterval() {
    Prediction high = model(0.1, 0.7, MeanCurve.UNCORRECTED).units("new", 2);
    assertThat(high.lower()).isEqualTo(high.median());
    Prediction low = model(-0.7, -0.1, MeanCurve.UNCORRECTED).units("new", 2);
    assertThat(low.upper()).isEqualTo(low.median());
  }

  @Test
  void nothingFallsBelowZero() {
    Prediction prediction = model(-3, -1, new MeanCurve(-2, 1)).units("new", -0.5);
    assertThat(prediction).isEqualTo(new Prediction(-0.5, 0, 0, 0.0, 0.0));
  }

  @Test
  void withoutResidualsTheIntervalIsUnknown() {
    Prediction prediction = trees().units("new", 1);
    assertThat(prediction).isEqualTo(new Prediction(1, Math.expm1(1), Math.expm1(1), null, null));
    assertThat(trees().units("new", -1).median()).isZero();
  }

  private static TrendModel model(double q10, double q90, MeanCurve mean) {
    ResidualTable errors = new ResidualTable(List.of(new ResidualCell(0, 100, q10, q90)));
    return trees()
        .withMeans(new MeanCurves(Map.of(), mean))
        .withResiduals(new ResidualTables(Map.of(), errors));
  }

  private static TrendModel trees() {
    return Trees.model(1, 0, List.of(Trees.leaf(0)));
  }
}
