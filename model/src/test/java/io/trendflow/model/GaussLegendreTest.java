package io.trendflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussLegendreTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4, 11, 30, 63})
  void integratesPowersUpToTheDegreeFromZeroToOne(int degree) {
    GaussLegendre rule = new GaussLegendre(degree);
    for (int power = 0; power <= degree; power++) {
      double sum = 0;
      for (int i = 0; i < rule.points.length; i++) {
        sum += rule.weights[i] * Math.pow(rule.points[i], power);
      }
      assertThat(sum).isCloseTo(1.0 / (power + 1), within(1e-14));
    }
  }
}
