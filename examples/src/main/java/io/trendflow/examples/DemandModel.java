package io.trendflow.examples;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Model of the daily sales of one product in one market. Orders of a day are negative binomial
 * around the product's usual number times weekday, season, launch, slow drift, promotion and
 * planted rises. Units of an order are log-normal with an occasional bulk order. With these
 * constants, the share of days without a sale and the dispersion of the other days equal those of
 * UCI Online Retail II; the module's README has the figures.
 */
final class DemandModel {
  /** Factors from Monday to Sunday, with mean 1. */
  private static final double[] WEEKDAY = {1.1, 1.15, 1.1, 1.2, 0.95, 0.65, 0.85};

  private static final double DAY_SHAPE = 4;
  private static final double UNITS_SIGMA = 1.1;
  private static final double BULK = 0.004;
  private static final double LEAST_BULK = 8;
  private static final double MOST_BULK = 20;
  private static final double RETURNED = 0.03;
  private static final double DRIFT_MEMORY = 0.97;
  private static final double DRIFT_SIGMA = 0.15;

  private final RetailSettings settings;
  private final ProductPlan product;
  private final ShopMarket market;
  private final List<DemandPulse> rises;
  private final PricePromotions promotions;
  private final StockPlan stock;
  private final List<SaleLine> lost = new ArrayList<>();
  private final List<Double> meanUnits = new ArrayList<>();
  private final double unitsKept;
  private final RandomDraws draws;
  private double drift;

  DemandModel(
      RetailSettings settings, ProductPlan product, ShopMarket market, List<DemandPulse> rises) {
    this.settings = settings;
    this.product = product;
    this.market = market;
    this.rises = rises;
    // The promotions are not the market's own, because both markets reduce the price together.
    promotions = PricePromotions.draw(settings, product);
    stock = StockPlan.draw(settings, product, market);
    double units = meanUnitsOfAnOrder();
    unitsKept = units - RETURNED * (1 + units) / 2;
    draws = draws(market.label());
    drift = DRIFT_SIGMA * draws.gaussian();
  }

  /** Returns all sales and returns of the history, by day of the sale. */
  List<SaleLine> sales() {
    List<SaleLine> sales = new ArrayList<>();
    for (long day = settings.firstDay(); day <= settings.lastDay(); day++) {
      if (DayOfWeek.MONDAY == LocalDate.ofEpochDay(day).getDayOfWeek()) {
        drift =
            DRIFT_MEMORY * drift
                + StrictMath.sqrt(1 - DRIFT_MEMORY * DRIFT_MEMORY) * DRIFT_SIGMA * draws.gaussian();
      }
      meanUnits.add(product.onSale(day) ? expectedOrders(day) * unitsKept : 0);
      if (product.onSale(day)) {
        // Customers who find no stock leave: later days do not depend on it.
        sellOn(day, stock.isOut(day) ? this::lose : sales::add);
      }
    }
    return sales;
  }

  /** Returns what was not sold on days without stock, once {@link #sales} is known. */
  List<SaleLine> lostSales() {
    return lost;
  }

  /** Returns the mean units of each day less returns, once {@link #sales} is known. */
  List<Double> meanUnits() {
    return meanUnits;
  }

  private void lose(SaleLine sale) {
    if (!sale.isReturn()) {
      lost.add(sale);
    }
  }

  private void sellOn(long day, Consumer<SaleLine> sales) {
    double price =
        Math.round(product.listPrice(market) * promotions.priceFactor(day) * 100) / 100.0;
    int orders = draws.poisson(expectedOrders(day) * draws.gamma(DAY_SHAPE));
    for (int order = 0; order < orders; order++) {
      int units = unitsOfAnOrder();
      sales.accept(new SaleLine(day, market, product, units, price));
      if (draws.chance(RETURNED)) {
        giveBack(day + draws.between(3, 20), draws.between(1, units), price, sales);
      }
    }
  }

  private void giveBack(long day, int units, double price, Consumer<SaleLine> sales) {
    if (day <= settings.lastDay()) {
      sales.accept(new SaleLine(day, market, product, -units, price));
    }
  }

  private double expectedOrders(long day) {
    double rise = rises.stream().mapToDouble(pulse -> pulse.at((double) day)).max().orElse(1);
    int weekday = LocalDate.ofEpochDay(day).getDayOfWeek().getValue();
    return product.ordersPerDay()
        * market.size
        * WEEKDAY[weekday - 1]
        * product.category().season(day)
        * novelty(day)
        * StrictMath.exp(drift)
        * promotions.demandFactor(day)
        * rise;
  }

  /** Returns the factor of novelty: a launch within the history sells up to 60 % more at first. */
  private double novelty(long day) {
    boolean launched = !product.launchDate().isBefore(settings.start());
    long age = day - product.onSaleFrom().toEpochDay();
    return launched ? 1 + 0.6 * StrictMath.exp(-age / 28.0) : 1;
  }

  private int unitsOfAnOrder() {
    double units = draws.logNormal(product.unitsPerOrder(), UNITS_SIGMA);
    double bulk = draws.chance(BULK) ? draws.uniform(LEAST_BULK, MOST_BULK) : 1;
    return (int) Math.max(1, Math.round(units * bulk));
  }

  /** Returns the mean of {@link #unitsOfAnOrder}, by Simpson's rule over the normal deviate. */
  private double meanUnitsOfAnOrder() {
    int steps = 4000;
    double width = 12.0 / steps;
    double sum = 0;
    double bulk = BULK * (LEAST_BULK + MOST_BULK) / 2;
    for (int i = 0; i <= steps; i++) {
      double z = -6 + i * width;
      double units = product.unitsPerOrder() * StrictMath.exp(UNITS_SIGMA * z);
      double rounded = Math.max(1, Math.round(units));
      double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * StrictMath.exp(-z * z / 2) * ((1 - BULK) * rounded + bulk * units);
    }
    return sum * width / 3 / StrictMath.sqrt(2 * Math.PI);
  }

  private RandomDraws draws(String part) {
    return RandomDraws.of(settings.seed(), RandomDraws.Stream.DEMAND, product.index(), part);
  }
}
