package io.trendflow.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests the conversion of a raw prediction to units. */
class UnitsTest {
  @Test
  void medianMeanAndQuantilesFollowFromCurveAndResiduals() {
    Prediction prediction = model(-0.5, 0.7, new MeanCurve(0.3, 0.9)).units("new", 2, 1);
    assertThat(prediction.raw()).isEqualTo(2);
    assertThat(prediction.median()).isCloseTo(Math.exp(2) - 1, within(1e-12));
    assertThat(prediction.expected()).isCloseTo(Math.expm1(0.3 + 0.9 * 2), within(1e-12));
    UnitQuantiles quantiles = requireNonNull(prediction.quantiles());
    assertThat(quantiles.lower()).isCloseTo(Math.exp(1.5) - 1, within(1e-12));
    assertThat(quantiles.upper()).isCloseTo(Math.exp(2.7) - 1, within(1e-12));
    // The residuals at 0.05, 0.10 to 0.95 are equally far apart: 0.075 a level.
    assertThat(quantiles.units())
        .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1, Double.class)
        .containsExactly(
            Math.expm1(2 - 0.575),
            Math.expm1(2 - 0.5),
            Math.expm1(2 - 0.275),
            Math.expm1(2),
            Math.expm1(2 + 0.475),
            Math.expm1(2 + 0.7),
            Math.expm1(2 + 0.775));
  }

  @Test
  void theChanceIsTheDistributionAboveTheBaseline() {
    TrendModel model = model(-0.5, 0.7, MeanCurve.UNCORRECTED);
    assertThat(chance(model, Math.expm1(2 - 0.5))).isCloseTo(0.9, within(1e-9));
    assertThat(chance(model, Math.expm1(2 + 0.7))).isCloseTo(0.1, within(1e-9));
    assertThat(chance(model, Math.expm1(2 + 0.1375))).isCloseTo(0.475, within(1e-9));
    assertThat(chance(model, 0)).isBetween(0.99, 1.0);
    assertThat(chance(model, 1e6)).isBetween(0.0, 0.01);
  }

  @Test
  void theMedianLiesBetweenTheQuantiles() {
    Prediction high = model(0.1, 0.7, MeanCurve.UNCORRECTED).units("new", 2, 1);
    assertThat(requireNonNull(high.quantiles()).lower()).isEqualTo(high.median());
    Prediction low = model(-0.7, -0.1, MeanCurve.UNCORRECTED).units("new", 2, 1);
    assertThat(requireNonNull(low.quantiles()).upper()).isEqualTo(low.median());
    for (Prediction prediction : List.of(high, low)) {
      assertThat(requireNonNull(prediction.quantiles()).units())
          .isSorted()
          .contains(prediction.median());
    }
  }

  @Test
  void nothingFallsBelowZero() {
    Prediction prediction = model(-3, -1, new MeanCurve(-2, 1)).units("new", -0.5, 0);
    assertThat(prediction.median()).isZero();
    assertThat(prediction.expected()).isZero();
    assertThat(requireNonNull(prediction.quantiles()).units()).containsOnly(0.0);
    assertThat(prediction.chance()).isBetween(0.0, 0.1);
  }

  @Test
  void withoutResidualsTheDistributionIsUnknown() {
    Prediction prediction = trees().units("new", 1, 1);
    assertThat(prediction).isEqualTo(new Prediction(1, Math.expm1(1), Math.expm1(1), null, null));
    assertThat(trees().units("new", -1, 1).median()).isZero();
  }

  private static double chance(TrendModel model, double baseline) {
    return requireNonNull(model.units("new", 2, baseline).chance());
  }

  /** Returns a model whose residuals at the levels from 0.10 to 0.90 are equally far apart. */
  private static TrendModel model(double q10, double q90, MeanCurve mean) {
    List<Double> quantiles =
        IntStream.rangeClosed(1, ResidualCell.LEVELS)
            .mapToObj(level -> q10 + (q90 - q10) * (level - 2) / 16)
            .toList();
    ResidualTable errors = new ResidualTable(List.of(new ResidualCell(0, 100, quantiles)));
    return trees()
        .withMeans(new MeanCurves(Map.of(), mean))
        .withCalibration(
            new PredictionCalibration(
                new ResidualTables(Map.of(), errors),
                ChanceMap.identity(),
                UpliftShrinkage.none()));
  }

  private static TrendModel trees() {
    return Trees.model(1, 0, List.of(Trees.leaf(0)));
  }
}
