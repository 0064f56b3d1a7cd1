package io.trendflow.model.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares orders with the closed forms of the newsvendor problem. */
class NewsvendorTest {
  @ParameterizedTest
  @CsvSource({"10, 7, 0.3", "10, 4, 0.5", "25, 5, 0", "3, 2.9, 0.9", "100, 60, 0.25"})
  void aNormalDemandHasTheClosedForm(double price, double cost, double salvageRate) {
    double mean = 1000;
    double deviation = 120;
    double salvage = salvageRate * cost;
    OrderCandidate candidate =
        Candidates.of(
            new NormalDemand(mean, deviation),
            Candidates.terms(price, cost, salvageRate, 1, 1),
            StockPosition.UNKNOWN);
    double ratio = (price - cost) / (price - salvage);
    NormalDistribution standard = new NormalDistribution(null, 0, 1);
    double z = standard.inverseCumulativeProbability(ratio);
    double quantity = mean + z * deviation;
    assertThat(candidate.criticalRatio()).isCloseTo(ratio, within(1e-9));
    assertThat(candidate.bestUnits()).isIn((long) Math.floor(quantity), (long) Math.ceil(quantity));
    // Profit of any quantity q: (p - c) m - (c - s)(q - m) - (p - s) d L(z) with the normal loss L.
    long units = candidate.bestUnits();
    double at = (units - mean) / deviation;
    double loss = standard.density(at) - at * (1 - standard.cumulativeProbability(at));
    double profit =
        (price - cost) * mean
            - (cost - salvage) * (units - mean)
            - (price - salvage) * deviation * loss;
    assertThat(candidate.profit(units)).isCloseTo(profit, within(1e-9 * price * mean));
    // The highest possible profit, (p - c) m - (p - s) d density(z), is that of the quantile.
    double most = (price - cost) * mean - (price - salvage) * deviation * standard.density(z);
    assertThat(most - candidate.profit(units)).isBetween(-1e-9, price / deviation);
  }

  @ParameterizedTest
  @CsvSource({"0.4, 10, 7, 0.3", "3.7, 10, 4, 0.5", "42, 25, 5, 0", "42, 3, 2.9, 0.9"})
  void aPoissonDemandHasTheClosedForm(double mean, double price, double cost, double salvageRate) {
    PoissonDistribution poisson = new PoissonDistribution(null, mean, 1e-15, 100_000);
    OrderCandidate candidate =
        Candidates.of(
            new PoissonDemand(poisson),
            Candidates.terms(price, cost, salvageRate, 1, 1),
            StockPosition.UNKNOWN);
    double salvage = salvageRate * cost;
    int quantity = 0;
    while (poisson.cumulativeProbability(quantity) < (price - cost) / (price - salvage)) {
      quantity++;
    }
    assertThat(candidate.bestUnits()).isEqualTo(quantity);
    int best = quantity;
    double sold =
        IntStream.rangeClosed(0, 400)
            .mapToDouble(units -> Math.min(units, best) * poisson.probability(units))
            .sum();
    assertThat(candidate.profit(quantity))
        .isCloseTo(price * sold + salvage * (quantity - sold) - cost * quantity, within(1e-9));
    assertThat(candidate.stockoutChance(quantity))
        .isCloseTo(1 - poisson.cumulativeProbability(quantity), within(1e-9));
  }

  @Test
  void theValueOfAUnitFallsWithTheUnits() {
    OrderCandidate candidate =
        Candidates.of(
            new PoissonDemand(new PoissonDistribution(5)),
            Candidates.terms(10, 6, 0.5, 1, 1),
            StockPosition.UNKNOWN);
    PoissonDistribution poisson = new PoissonDistribution(5);
    for (int k = 1; k < 20; k++) {
      double enough = 1 - poisson.cumulativeProbability(k - 1);
      assertThat(candidate.profit(k) - candidate.profit(k - 1))
          .isCloseTo(10 * enough + 3 * (1 - enough) - 6, within(1e-9));
    }
  }

  /** Normal distribution far enough above 0. */
  private record NormalDemand(NormalDistribution normal) implements DemandDistribution {
    NormalDemand(double mean, double deviation) {
      this(new NormalDistribution(null, mean, deviation, 1e-15));
    }

    @Override
    public double soldUnits(double stock) {
      double deviation = normal.getStandardDeviation();
      double z = (stock - normal.getMean()) / deviation;
      NormalDistribution standard = new NormalDistribution(null, 0, 1);
      return stock - deviation * (standard.density(z) + z * standard.cumulativeProbability(z));
    }

    @Override
    public double chanceAbove(double units) {
      return 1 - normal.cumulativeProbability(units);
    }

    @Override
    public double quantile(double level) {
      return normal.inverseCumulativeProbability(level);
    }
  }

  private record PoissonDemand(PoissonDistribution poisson) implements DemandDistribution {
    @Override
    public double soldUnits(double stock) {
      int whole = (int) stock;
      double sold = (stock - whole) * chanceAbove(whole);
      for (int units = 0; units < whole; units++) {
        sold += chanceAbove(units);
      }
      return sold;
    }

    @Override
    public double chanceAbove(double units) {
      return 1 - poisson.cumulativeProbability((int) Math.floor(units));
    }

    @Override
    public double quantile(double level) {
      return poisson.inverseCumulativeProbability(level);
    }
  }
}
