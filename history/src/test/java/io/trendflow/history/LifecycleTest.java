package io.trendflow.history;

import static io.trendflow.history.Lifecycle.DELAYED;
import static io.trendflow.history.Lifecycle.DISCONTINUED;
import static io.trendflow.history.Lifecycle.DORMANT;
import static io.trendflow.history.Lifecycle.ESTABLISHED;
import static io.trendflow.history.Lifecycle.LAUNCH;
import static io.trendflow.history.Lifecycle.NEW;
import static io.trendflow.history.Lifecycle.UNRELEASED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LifecycleTest {
  private static final int CUTOFF = 20_000;

  private static Stream<Arguments> products() {
    return Stream.of(
        // discontinued day, first sale, launch, recent gross units
        Arguments.of(CUTOFF, CUTOFF - 500, null, 9.0, DISCONTINUED),
        Arguments.of(CUTOFF + 1, CUTOFF - 500, null, 9.0, DISCONTINUED),
        Arguments.of(CUTOFF + 2, CUTOFF - 500, null, 9.0, ESTABLISHED),
        Arguments.of(CUTOFF, null, CUTOFF + 3, 0.0, DISCONTINUED),
        Arguments.of(null, null, null, 0.0, UNRELEASED),
        Arguments.of(null, null, CUTOFF + 29, 0.0, UNRELEASED),
        Arguments.of(null, null, CUTOFF + 28, 0.0, LAUNCH),
        Arguments.of(null, null, CUTOFF + 1, 0.0, LAUNCH),
        Arguments.of(null, null, CUTOFF, 0.0, DELAYED),
        Arguments.of(null, null, CUTOFF - 56, 0.0, DELAYED),
        Arguments.of(null, null, CUTOFF - 57, 0.0, DORMANT),
        Arguments.of(null, CUTOFF - 500, CUTOFF - 500, 0.0, DORMANT),
        Arguments.of(null, CUTOFF - 10, CUTOFF - 10, 0.0, DORMANT),
        Arguments.of(null, CUTOFF - 500, CUTOFF - 500, 1.0, ESTABLISHED),
        Arguments.of(null, CUTOFF - 500, CUTOFF - 500, Double.NaN, ESTABLISHED),
        Arguments.of(null, CUTOFF - 55, CUTOFF - 55, 1.0, NEW),
        Arguments.of(null, CUTOFF - 56, CUTOFF - 56, 1.0, ESTABLISHED),
        Arguments.of(null, CUTOFF - 55, null, 1.0, ESTABLISHED));
  }

  @ParameterizedTest
  @MethodSource("products")
  void theFirstStateThatHoldsCounts(
      @Nullable Integer discontinued,
      @Nullable Integer firstSale,
      @Nullable Integer launch,
      double recentGrossUnits,
      Lifecycle expected) {
    assertThat(Lifecycle.of(CUTOFF, discontinued, firstSale, launch, recentGrossUnits))
        .isEqualTo(expected);
  }

  @Test
  void fourStatesAreScoredAndNamedAsInTheTables() {
    assertThat(Lifecycle.SCORED).containsExactly("launch", "delayed", "new", "established");
  }
}
