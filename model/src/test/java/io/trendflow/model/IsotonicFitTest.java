package io.trendflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

// scikit-learn 1.9.1: IsotonicRegression().fit_transform(range(n), values, sample_weight=weights).
class IsotonicFitTest {
  @ParameterizedTest
  @CsvSource({
    "1 2 3 4.5 4 7 3 8 8.5 8, 1 1 1 1 1 1 1 1 1 1, 1 2 3 4.25 4.25 5 5 8 8.25 8.25",
    "1 2 3 4.5 4 7 3 8 8.5 8, 1 1 2 1 3 1 1 0.5 2 4,"
        + " 1 2 3 4.125 4.125 5 5 8 8.166666666666666 8.166666666666666",
    "0 1 0 0 1 1 0 1 1 1 0 1, 1 1 1 1 1 1 1 1 1 1 1 1,"
        + " 0 0.3333333333333333 0.3333333333333333 0.3333333333333333 0.6666666666666666"
        + " 0.6666666666666666 0.6666666666666666 0.75 0.75 0.75 0.75 1",
    "5 4 3 2 1, 1 1 1 1 1, 3 3 3 3 3",
    "7, 2, 7"
  })
  void theFitIsThatOfScikitLearn(String values, String weights, String fitted) {
    assertThat(IsotonicFit.of(numbers(values), numbers(weights)))
        .containsExactly(numbers(fitted), within(1e-12));
  }

  @Test
  void theFitNeverFallsAndKeepsTheWeightedMean() {
    Random random = new Random(1);
    double[] values = random.doubles(500).toArray();
    double[] weights = random.doubles(500, 0.1, 2).toArray();
    double[] fitted = IsotonicFit.of(values, weights);
    double difference = 0;
    for (int i = 0; i < values.length; i++) {
      difference += weights[i] * (fitted[i] - values[i]);
    }
    assertThat(fitted).isSorted();
    assertThat(difference).isCloseTo(0, within(1e-9));
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }
}
