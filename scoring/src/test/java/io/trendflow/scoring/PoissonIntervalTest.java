package io.trendflow.scoring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.model.Prediction;
import io.trendflow.model.UnitQuantiles;
import org.junit.jupiter.api.Test;

class PoissonIntervalTest {
  @Test
  void quantilesAreThoseOfTheDistribution() {
    // Tables of the Poisson distribution give P(X <= 1 | 4) = 0.092, P(X <= 2 | 4) = 0.238,
    // P(X <= 6 | 4) = 0.889, P(X <= 7 | 4) = 0.949.
    assertThat(PoissonInterval.quantile(4, 0.1)).isEqualTo(2);
    assertThat(PoissonInterval.quantile(4, 0.9)).isEqualTo(7);
    assertThat(PoissonInterval.quantile(0, 0.9)).isZero();
  }

  /** Expected values: ppf of scipy.stats.poisson. */
  @Test
  void largeMeansHaveExactQuantiles() {
    assertThat(PoissonInterval.quantile(400, 0.1)).isEqualTo(374);
    assertThat(PoissonInterval.quantile(400, 0.9)).isEqualTo(426);
    assertThat(PoissonInterval.quantile(1e6, 0.9)).isEqualTo(1001282);
  }

  @Test
  void theIntervalHoldsTheMedian() {
    Prediction p = PoissonInterval.complete(new Prediction(0, 0.05, 0.05, null, null));
    UnitQuantiles quantiles = requireNonNull(p.quantiles());
    assertThat(quantiles.lower()).isZero();
    assertThat(quantiles.upper()).isEqualTo(0.05);
  }
}
