package io.trendflow.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the drawing of past launches. */
class LaunchCurvesTest {
  @ParameterizedTest
  @CsvSource({"0, 2", "2, 2", "2.1, 4", "9, 10", "10.5, 20", "99, 100", "314.6, 400", "401, 1000"})
  void theScaleEndsAtARoundNumberWithARoundHalf(double units, double end) {
    assertThat(LaunchCurves.rounded(units)).isEqualTo(end);
  }
}
