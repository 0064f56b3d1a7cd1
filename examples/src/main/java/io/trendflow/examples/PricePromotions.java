package io.trendflow.examples;

import java.util.Arrays;

/** Price promotions of a product: 15 to 30 % off for one or two weeks, about twice a year. */
final class PricePromotions {
  /** Exponent of the units' reaction to the price: 20 % off sells 1.5 times as much. */
  private static final double ELASTICITY = -1.8;

  private final long firstDay;
  private final double[] priceFactor;

  private PricePromotions(long firstDay, int days) {
    this.firstDay = firstDay;
    priceFactor = new double[days];
    Arrays.fill(priceFactor, 1);
  }

  static PricePromotions draw(RetailSettings settings, RandomDraws draws) {
    PricePromotions promotions = new PricePromotions(settings.firstDay(), settings.days());
    int day = draws.between(0, 200);
    while (day < settings.days()) {
      int end = Math.min(settings.days(), day + 7 * draws.between(1, 2));
      Arrays.fill(promotions.priceFactor, day, end, 1 - 0.05 * draws.between(3, 6));
      day = end + draws.between(90, 270);
    }
    return promotions;
  }

  /** Returns the price on a day relative to the list price. */
  double priceFactor(long day) {
    return priceFactor[(int) (day - firstDay)];
  }

  /** Returns the demand on a day relative to the demand at the list price. */
  double demandFactor(long day) {
    return StrictMath.pow(priceFactor(day), ELASTICITY);
  }
}
