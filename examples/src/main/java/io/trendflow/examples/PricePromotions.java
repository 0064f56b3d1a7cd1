package io.trendflow.examples;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prices of a product below or above its list price. A shop without supply has 15 to 30 % off for
 * one or two weeks, about twice a year. A shop with supply plans a promotion of 20 % off for two to
 * four weeks every few months, which doubles the demand, and one lasting change of the price by 10
 * %.
 */
final class PricePromotions {
  /** Exponent of the units' reaction to the price: 20 % off sells 1.5 times as much. */
  private static final double ELASTICITY = -1.8;

  private static final double PROMOTED_DEMAND = 2;

  /** Days after the history for which prices are planned. */
  private static final int DAYS_AHEAD = 60;

  private final List<PlannedPrice> planned = new ArrayList<>();

  private PricePromotions() {}

  static PricePromotions draw(RetailSettings settings, ProductPlan product) {
    PricePromotions promotions = new PricePromotions();
    if (settings.supply()) {
      promotions.plan(
          settings,
          RandomDraws.of(
              settings.seed(), RandomDraws.Stream.SUPPLY, product.index(), "promotions"));
    } else {
      promotions.reduce(
          settings,
          RandomDraws.of(
              settings.seed(), RandomDraws.Stream.DEMAND, product.index(), "promotions"));
    }
    return promotions;
  }

  private void reduce(RetailSettings settings, RandomDraws draws) {
    int day = draws.between(0, 200);
    while (day < settings.days()) {
      int end = Math.min(settings.days(), day + 7 * draws.between(1, 2));
      double depth = 0.05 * draws.between(3, 6);
      add("promo", settings.firstDay() + day, settings.firstDay() + end - 1, depth, 0);
      day = end + draws.between(90, 270);
    }
  }

  private void plan(RetailSettings settings, RandomDraws draws) {
    long end = settings.lastDay() + DAYS_AHEAD;
    double change = draws.chance(0.5) ? 0.1 : -0.1;
    long changed = settings.firstDay() + draws.between(100, settings.days());
    for (long day = settings.firstDay() + draws.between(0, 120); day < end; ) {
      long last = day + 7L * draws.between(2, 4) - 1;
      planned.add(
          new PlannedPrice("promo", day, last, 0.2, day - draws.between(35, 60), PROMOTED_DEMAND));
      day = last + draws.between(60, 180);
    }
    add("price", changed, end, change, 30);
  }

  private void add(String kind, long first, long last, double depth, int ahead) {
    double demand = StrictMath.pow(1 - depth, ELASTICITY);
    planned.add(new PlannedPrice(kind, first, last, depth, first - ahead, demand));
  }

  List<PlannedPrice> planned() {
    return planned;
  }

  /** Returns the price on a day relative to the list price. */
  double priceFactor(long day) {
    PlannedPrice price = at(day);
    return price == null ? 1 : 1 - price.depth();
  }

  /** Returns the demand on a day relative to the demand at the list price. */
  double demandFactor(long day) {
    PlannedPrice price = at(day);
    return price == null ? 1 : price.demand();
  }

  /** Returns what determines the price of a day, a promotion before a lasting price; or null. */
  private @Nullable PlannedPrice at(long day) {
    for (PlannedPrice price : planned) {
      if (price.covers(day)) {
        return price;
      }
    }
    return null;
  }
}
