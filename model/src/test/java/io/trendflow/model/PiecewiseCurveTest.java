package io.trendflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PiecewiseCurveTest {
  @ParameterizedTest
  @CsvSource({"-5, 10", "1, 10", "1.5, 15", "2, 20", "3, 15", "4, 10", "9, 10"})
  void betweenItsPointsTheCurveIsLinear(double x, double y) {
    PiecewiseCurve curve = new PiecewiseCurve(List.of(1.0, 2.0, 4.0), List.of(10.0, 20.0, 10.0));
    assertThat(curve.at(x)).isEqualTo(y);
  }

  @Test
  void pointsThatAreNotInOrderAreRefused() {
    assertThatThrownBy(() -> new PiecewiseCurve(List.of(1.0, 1.0), List.of(1.0, 2.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a curve must have a y for each of its ascending x, but has x=[1.0, 1.0] and y=[1.0, 2.0]");
    assertThatThrownBy(() -> new PiecewiseCurve(List.of(1.0), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PiecewiseCurve(List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
