package io.trendflow.examples;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Schedules the rises of the known products: winners first, then each product's history backwards
 * from the end, while the cap on starts allows it.
 */
final class RiseSchedule {
  /**
   * Distance of two rises of a product. The 84 days before a rise show no trace of the previous
   * one, which makes a future winner look like any other product.
   */
  static final int GAP_DAYS = 182;

  /**
   * Latest start of a winner: the first half of the horizon, in which the rise is visible within
   * the horizon.
   */
  static final int WINNER_DAYS = 14;

  private static final double WINNERS = 0.025;

  /** Days before the first rise: its trend leads by 70 days, and a usual level must be known. */
  private static final int FIRST_DAYS = 120;

  /**
   * Longest lead: interest rises within the history for rises of sales up to this long after it.
   */
  private static final int LONGEST_LEAD_DAYS = 70;

  private final RetailSettings settings;
  private final List<PlantedRise> rises = new ArrayList<>();
  private final StartCap all;
  private final Map<ShopMarket, StartCap> caps = new EnumMap<>(ShopMarket.class);

  private RiseSchedule(RetailSettings settings, List<ProductPlan> products) {
    this.settings = settings;
    all = cap(products.size());
    for (ShopMarket market : ShopMarket.values()) {
      caps.put(market, cap(products.stream().filter(p -> p.markets().contains(market)).count()));
    }
  }

  static List<PlantedRise> plan(RetailSettings settings, List<ProductPlan> products) {
    RiseSchedule schedule = new RiseSchedule(settings, products);
    List<ProductPlan> known = products.stream().filter(p -> p.keyword() != null).toList();
    int winners = (int) (WINNERS * products.size());
    for (ProductPlan product : shuffled(settings, known)) {
      RandomDraws draws = schedule.draws(product);
      long start = settings.lastDay() + draws.between(1, WINNER_DAYS);
      if (schedule.rises.size() < winners && schedule.allows(product, start)) {
        schedule.add(PlantedRise.draw(product, start, true, draws));
      }
    }
    List<PlantedRise> coming = List.copyOf(schedule.rises);
    known.forEach(product -> schedule.addHistory(product, coming));
    return schedule.rises;
  }

  /** Returns random start days, newest first, as far apart as the rises of one product. */
  static List<Long> startsBefore(long latest, long earliest, RandomDraws draws) {
    List<Long> starts = new ArrayList<>();
    for (long day = latest; day >= earliest; day -= GAP_DAYS + draws.between(0, 240)) {
      starts.add(day);
    }
    return starts;
  }

  private void addHistory(ProductPlan product, List<PlantedRise> coming) {
    RandomDraws draws = draws(product);
    boolean winner = coming.stream().anyMatch(rise -> rise.isOf(product));
    long end = settings.lastDay();
    long latest =
        end
            + LONGEST_LEAD_DAYS
            - draws.between(0, 300)
            - (winner ? GAP_DAYS + LONGEST_LEAD_DAYS : 0);
    long earliest = Math.max(settings.firstDay(), product.onSaleFrom().toEpochDay()) + FIRST_DAYS;
    for (long start : startsBefore(latest, earliest, draws)) {
      boolean inWinnersDays = start > end && start <= end + WINNER_DAYS;
      if (!inWinnersDays && allows(product, start)) {
        add(PlantedRise.draw(product, start, false, draws));
      }
    }
  }

  private boolean allows(ProductPlan product, long day) {
    return all.allows(day) && product.markets().stream().allMatch(m -> cap(m).allows(day));
  }

  private void add(PlantedRise rise) {
    rises.add(rise);
    all.add(rise.start());
    rise.product().markets().forEach(market -> cap(market).add(rise.start()));
  }

  /**
   * Returns the products in random order: winners must not be the products with the first names.
   */
  private static List<ProductPlan> shuffled(RetailSettings settings, List<ProductPlan> products) {
    return products.stream()
        .sorted(Comparator.comparingDouble(product -> winnerKey(settings, product)))
        .toList();
  }

  private static double winnerKey(RetailSettings settings, ProductPlan product) {
    return RandomDraws.of(settings.seed(), RandomDraws.Stream.EPISODES, product.index(), "winner")
        .uniform(0, 1);
  }

  private StartCap cap(ShopMarket market) {
    return Objects.requireNonNull(caps.get(market));
  }

  private StartCap cap(long products) {
    return new StartCap(products, settings.firstDay(), settings.lastDay() + LONGEST_LEAD_DAYS);
  }

  private RandomDraws draws(ProductPlan product) {
    return RandomDraws.of(settings.seed(), RandomDraws.Stream.EPISODES, product.index());
  }
}
