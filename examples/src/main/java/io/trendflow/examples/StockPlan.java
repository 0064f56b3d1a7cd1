package io.trendflow.examples;

import java.util.ArrayList;
import java.util.List;

/**
 * Stock of a product in a market: it runs out for one to three weeks, two or three times a year, on
 * a tenth of the days.
 */
final class StockPlan {
  /** Mean units of an order against their median. */
  private static final double MEAN_UNITS = 1.83;

  private static final int MOST_COVER_DAYS = 60;

  /** Days without stock, from the first to the last, in days since 1970-01-01. */
  record StockOut(long first, long last) {}

  private final List<StockOut> stockOuts = new ArrayList<>();
  private final double unitsPerDay;

  private StockPlan(ProductPlan product, ShopMarket market) {
    unitsPerDay = product.ordersPerDay() * market.size * product.unitsPerOrder() * MEAN_UNITS;
  }

  static StockPlan draw(RetailSettings settings, ProductPlan product, ShopMarket market) {
    StockPlan plan = new StockPlan(product, market);
    if (settings.supply()) {
      RandomDraws draws =
          RandomDraws.of(
              settings.seed(), RandomDraws.Stream.SUPPLY, product.index(), market.label());
      long day = settings.firstDay() + draws.between(10, 150);
      while (day < settings.lastDay() + MOST_COVER_DAYS) {
        long last = day + draws.between(6, 20);
        plan.stockOuts.add(new StockOut(day, last));
        day = last + draws.between(80, 160);
      }
    }
    return plan;
  }

  List<StockOut> stockOuts() {
    return stockOuts;
  }

  boolean isOut(long day) {
    return stockOuts.stream().anyMatch(out -> day >= out.first() && day <= out.last());
  }

  /** Returns whether the daily report of scarce products lists the product. */
  boolean isScarce(long day) {
    return stockOuts.stream().anyMatch(out -> day >= out.first() - 2 && day <= out.last() + 1);
  }

  /** Returns the units at the end of a day: nothing from the eve of a stock-out to its last day. */
  int onHand(long day) {
    long next =
        stockOuts.stream()
            .filter(out -> out.last() >= day)
            .mapToLong(out -> out.first() - 1)
            .min()
            .orElse(day + MOST_COVER_DAYS);
    long cover = Math.min(MOST_COVER_DAYS, next - day);
    return cover <= 0 ? 0 : (int) Math.max(1, Math.round(cover * unitsPerDay));
  }
}
