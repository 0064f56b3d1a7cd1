package io.trendflow.examples;

import java.time.LocalDate;
import java.util.Objects;

/**
 * Demand episode of a product, the same in all its markets: people search first and buy later.
 *
 * @param start first day of the rise, in days since 1970-01-01
 * @param factor units on the plateau relative to the usual level
 * @param leadWeeks weeks by which the interest rises before the sales do
 * @param rampDays days from the usual level to the plateau
 * @param winner whether the rise starts after the end of the history
 */
record PlantedRise(
    ProductPlan product, long start, double factor, int leadWeeks, int rampDays, boolean winner) {
  private static final int PLATEAU_DAYS = 56;
  private static final int DECAY_DAYS = 21;

  static PlantedRise draw(ProductPlan product, long start, boolean winner, RandomDraws draws) {
    double factor = Math.round(draws.uniform(1.5, 2) * 100) / 100.0;
    return new PlantedRise(
        product, start, factor, draws.between(5, 10), draws.between(7, 14), winner);
  }

  boolean isOf(ProductPlan other) {
    return product.index() == other.index();
  }

  DemandEpisode episode(ShopMarket market) {
    String keyword = Objects.requireNonNull(product.keyword());
    return new DemandEpisode(
        product.id(),
        market.label(),
        LocalDate.ofEpochDay(start),
        factor,
        leadWeeks,
        keyword,
        winner);
  }

  DemandPulse demand() {
    return new DemandPulse(start, rampDays, PLATEAU_DAYS, DECAY_DAYS, factor);
  }

  DemandPulse interest(RandomDraws draws) {
    return interest(start - 7L * leadWeeks, draws);
  }

  /** Returns the interest in an episode; a decoy's bump has the same shape. */
  static DemandPulse interest(long start, RandomDraws draws) {
    return new DemandPulse(
        start, draws.between(7, 14), PLATEAU_DAYS, DECAY_DAYS, draws.uniform(2, 3));
  }
}
