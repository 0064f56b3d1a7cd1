package io.trendflow.model.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.model.UnitQuantiles;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantileDemandTest {
  private static final UnitQuantiles QUANTILES = quantiles(2, 3, 5, 8, 12, 19, 24);

  @Test
  void itIsExactAtTheLevels() {
    QuantileDemand demand = QuantileDemand.of(QUANTILES);
    for (int i = 0; i < UnitQuantiles.LEVELS.size(); i++) {
      double level = UnitQuantiles.LEVELS.get(i) / 100.0;
      double units = QUANTILES.units().get(i);
      assertThat(demand.quantile(level)).isEqualTo(units);
      assertThat(demand.chanceAbove(units)).isCloseTo(1 - level, within(1e-12));
    }
    assertThat(demand.quantile(0)).isEqualTo(1);
    assertThat(demand.chanceAbove(0.9)).isEqualTo(1);
  }

  @Test
  void quantileAndChanceAreInverse() {
    QuantileDemand demand = QuantileDemand.of(QUANTILES);
    for (double level = 0.005; level < 1; level += 0.005) {
      assertThat(demand.chanceAbove(demand.quantile(level))).isCloseTo(1 - level, within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void theUnitsSoldAreTheIntegralOfTheChance(int seed) {
    double[] sorted =
        new Random(seed).doubles(7, 0, 50).map(units -> units < 10 ? 0 : units).sorted().toArray();
    QuantileDemand demand = QuantileDemand.of(quantiles(sorted));
    double sum = 0;
    int parts = 2000;
    for (int stock = 1; stock <= 120; stock++) {
      for (int i = 0; i < parts; i++) {
        sum += demand.chanceAbove(stock - 1 + (i + 0.5) / parts) / parts;
      }
      assertThat(demand.soldUnits(stock)).isCloseTo(sum, within(1e-3));
    }
  }

  @Test
  void equalQuantilesAreAProbabilityOfTheirUnits() {
    QuantileDemand demand = QuantileDemand.of(quantiles(0, 0, 0, 4, 4, 4, 4));
    assertThat(demand.chanceAbove(0)).isCloseTo(0.75, within(1e-12));
    assertThat(demand.chanceAbove(4)).isZero();
    assertThat(demand.quantile(0.99)).isEqualTo(4);
    assertThat(demand.soldUnits(100)).isCloseTo(0.25 * 2 + 0.5 * 4, within(1e-12));
    assertThat(QuantileDemand.of(quantiles(0, 0, 0, 0, 0, 0, 0)).soldUnits(5)).isZero();
  }

  @Test
  void anotherPeriodScalesTheMedianAndWidensTheRest() {
    assertThat(QuantileDemand.of(QUANTILES, 1).quantile(0.9)).isEqualTo(19);
    QuantileDemand quarter = QuantileDemand.of(QUANTILES, 0.25);
    assertThat(quarter.quantile(0.5)).isEqualTo(2);
    assertThat(quarter.quantile(0.9)).isEqualTo(2 + 0.5 * (19 - 8));
    assertThat(quarter.quantile(0.05)).isZero();
    QuantileDemand twice = QuantileDemand.of(QUANTILES, 2);
    assertThat(twice.quantile(0.5)).isEqualTo(16);
    assertThat(twice.quantile(0.9)).isEqualTo(38);
  }

  @Test
  void quantilesThatFallAreRefused() {
    assertThatThrownBy(() -> QuantileDemand.of(quantiles(1, 2, 3, 2, 5, 6, 7)))
        .hasMessageContaining("not ascending");
  }

  private static UnitQuantiles quantiles(double... units) {
    List<Double> boxed = DoubleStream.of(units).boxed().toList();
    return new UnitQuantiles(boxed);
  }
}
