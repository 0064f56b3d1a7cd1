package io.trendflow.training.measure;

import static io.trendflow.training.measure.PredictionsBuilder.scattered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeweyWestTest {
  @ParameterizedTest
  @CsvSource({
    "8,  7,  3, 11, 0.05762215285808054",
    "13, 5,  2, 13, 0.06153846153846159",
    "14, 3,  1, 19, 0.15333139421357442",
    "40, 29, 4, 17, 0.04523873305863022"
  })
  void theErrorIsThatOfStatsmodels(int n, int factor, int offset, int modulus, double error) {
    // statsmodels 0.15.0: OLS(x, ones(n)).fit(cov_type="HAC",
    // cov_kwds={"maxlags": 3, "use_correction": False}).bse[0], x = (factor * i + offset) % modulus
    // / 10.
    double[] values =
        IntStream.range(0, n)
            .mapToDouble(i -> scattered(factor, offset, modulus).applyAsDouble(i) / 10)
            .toArray();
    assertThat(NeweyWest.standardError(values)).isCloseTo(error, within(1e-12));
  }

  @Test
  void fewerThanEightOriginsHaveNone() {
    assertThat(NeweyWest.standardError(new double[] {1, 2, 3, 4, 5, 6, 7})).isNull();
    assertThat(NeweyWest.standardError(new double[0])).isNull();
  }

  @Test
  void aConstantHasATinyOne() {
    double[] values = new double[10];
    Arrays.fill(values, 0.3);
    assertThat(NeweyWest.standardError(values)).isCloseTo(Math.sqrt(1e-13), within(1e-12));
  }
}
