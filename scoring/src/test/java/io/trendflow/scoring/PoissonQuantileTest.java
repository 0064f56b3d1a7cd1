package io.trendflow.scoring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.model.Prediction;
import io.trendflow.model.UnitQuantiles;
import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quantiles beside those of scipy. */
// scipy 1.17.1: poisson.ppf(0.1, mean) and poisson.ppf(0.9, mean).
class PoissonQuantileTest {
  @ParameterizedTest
  @CsvSource({
    "0.05, 0,   0",
    "0.1,  0,   0",
    "0.5,  0,   1",
    "1,    0,   2",
    "2.3,  0,   4",
    "5,    2,   8",
    "10,   6,   14",
    "37.5, 30,  45",
    "100,  87,  113",
    "399,  374, 425"
  })
  void below400TheyAreExact(double mean, double lower, double upper) {
    assertThat(PoissonInterval.quantile(mean, 0.1)).isEqualTo(lower);
    assertThat(PoissonInterval.quantile(mean, 0.9)).isEqualTo(upper);
  }

  @ParameterizedTest
  @CsvSource({
    "400,     374,    426",
    "1000,    960,    1041",
    "12345.6, 12203,  12488",
    "1000000, 998719, 1001282"
  })
  void from400TheyAreWithinAUnit(double mean, double lower, double upper) {
    assertThat(PoissonInterval.quantile(mean, 0.1)).isCloseTo(lower, within(1.0));
    assertThat(PoissonInterval.quantile(mean, 0.9)).isCloseTo(upper, within(1.0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1, 4, 12.5, 60, 250})
  void theIntervalHoldsAtLeastEightyPercent(double mean) {
    Prediction p = PoissonInterval.complete(new Prediction(0, mean, mean, null, null));
    double lower = requireNonNull(p.quantiles()).lower();
    double upper = requireNonNull(p.quantiles()).upper();
    double held = 0;
    double probability = Math.exp(-mean);
    for (int count = 0; count <= upper; count++) {
      held += count >= lower ? probability : 0;
      probability *= mean / (count + 1);
    }
    assertThat(held).isBetween(0.8, 1.0);
  }

  @ParameterizedTest
  @CsvSource({"4, 9, 2, 9", "4, 1, 1, 7", "4, 4, 2, 7"})
  void theMedianWidensTheInterval(double mean, double median, double lower, double upper) {
    Prediction p = PoissonInterval.complete(new Prediction(0, median, mean, null, null));
    UnitQuantiles quantiles = requireNonNull(p.quantiles());
    assertThat(quantiles.lower()).isEqualTo(lower);
    assertThat(quantiles.upper()).isEqualTo(upper);
    assertThat(quantiles.units()).isSorted().contains(median);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 4, 500})
  void anIntervalThatIsKnownStays(double mean) {
    UnitQuantiles quantiles = new UnitQuantiles(Collections.nCopies(7, mean));
    Prediction known = new Prediction(0, mean, mean, quantiles, 0.4);
    assertThat(PoissonInterval.complete(known)).isEqualTo(known);
  }
}
