package io.trendflow.model.order;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Product that can be ordered: its demand until the order after the next one arrives, what a unit
 * costs and brings, and what is in stock. Quantities are whole packs of at least the minimum order.
 */
public final class OrderCandidate {
  private static final double DAYS_OF_YEAR = 365;

  /** Highest critical ratio: without a loss on unsold units there would be no largest order. */
  private static final double MOST_RATIO = 0.99;

  private final PredictedDemand predicted;
  private final DemandPath path;
  private final OrderTerms terms;
  private final StockPosition stock;
  private final @Nullable DemandDistribution demand;
  private final @Nullable Double serviceMin;
  private final int coverDays;

  /** Cost of a unit, assumed or not; NaN if unknown. */
  private final double cost;

  /** Value of an unsold unit after the cost of keeping it. */
  private final double leftover;

  private final double price;
  private final long pack;
  private final long minimum;

  private OrderCandidate(
      PredictedDemand predicted,
      DemandPath path,
      OrderTerms terms,
      StockPosition stock,
      @Nullable DemandDistribution demand,
      int coverDays,
      DecideSettings settings) {
    this.predicted = predicted;
    this.path = path;
    this.terms = terms;
    this.stock = stock;
    this.demand = demand;
    this.coverDays = coverDays;
    this.serviceMin = settings.serviceMin();
    this.price = known(terms.price());
    this.cost = cost(terms, settings);
    double salvage = Objects.requireNonNullElse(terms.salvageRate(), settings.salvage());
    this.leftover = cost * (salvage - settings.holdingPerYear() * coverDays / DAYS_OF_YEAR);
    this.pack = Objects.requireNonNullElse(terms.packSize(), 1L);
    long moq = Objects.requireNonNullElse(terms.moq(), 1L);
    this.minimum = pack * Math.max(1, Math.floorDiv(moq + pack - 1, pack));
  }

  /**
   * Returns a candidate whose order covers lead time and review, or the horizon if the lead time is
   * unknown.
   */
  public static OrderCandidate of(
      PredictedDemand predicted, OrderTerms terms, StockPosition stock, DecideSettings settings) {
    int days =
        terms.leadTimeDays() == null
            ? predicted.horizonDays()
            : Math.toIntExact(terms.leadTimeDays()) + settings.reviewDays();
    DemandPath path = DemandPath.of(predicted);
    return new OrderCandidate(predicted, path, terms, stock, path.demand(days), days, settings);
  }

  /** Returns a candidate with a given distribution of the demand over the horizon. */
  static OrderCandidate of(
      PredictedDemand predicted,
      OrderTerms terms,
      StockPosition stock,
      DemandDistribution demand,
      DecideSettings settings) {
    DemandPath path = DemandPath.of(predicted);
    int days = predicted.horizonDays();
    return new OrderCandidate(predicted, path, terms, stock, demand, days, settings);
  }

  private static double cost(OrderTerms terms, DecideSettings settings) {
    double known = known(terms.unitCost());
    return Double.isNaN(known) && settings.defaultMargin() != null
        ? known(terms.price()) * (1 - settings.defaultMargin())
        : known;
  }

  /** Returns an amount; NaN if it is unknown or 0, which is how exports write unknown amounts. */
  private static double known(@Nullable Double amount) {
    return amount == null || amount <= 0 ? Double.NaN : amount;
  }

  public PredictedDemand predicted() {
    return predicted;
  }

  public OrderTerms terms() {
    return terms;
  }

  public StockPosition stock() {
    return stock;
  }

  /** Returns the columns without which the product has no order quantity. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (demand == null) {
      missing.add("units_q50");
    }
    if (Double.isNaN(price)) {
      missing.add("price");
    }
    if (Double.isNaN(cost)) {
      missing.add("unit_cost");
    }
    return missing;
  }

  /** Returns whether the score has quantiles, so that the safe units are known. */
  public boolean isPredicted() {
    return demand != null;
  }

  /** Returns whether the product has an order quantity, which may be 0. */
  public boolean isComplete() {
    return demand != null && !Double.isNaN(price) && !Double.isNaN(cost);
  }

  /** Returns whether the cost is assumed from the default margin. */
  public boolean isCostAssumed() {
    return Double.isNaN(known(terms.unitCost())) && !Double.isNaN(cost);
  }

  /** Returns whether a unit costs as much as customers pay for it, or more. */
  public boolean isCostTooHigh() {
    return isComplete() && cost >= price;
  }

  /** Returns the cost of a unit; NaN if unknown. */
  public double unitCost() {
    return cost;
  }

  /** Returns the price of a unit; NaN if unknown. */
  public double price() {
    return price;
  }

  /** Returns the units in a pack. */
  long pack() {
    return pack;
  }

  /** Returns the smallest order in units, a multiple of the pack. */
  long minimum() {
    return minimum;
  }

  /**
   * Returns the chance of covering the demand that maximises the expected profit, (price - cost) /
   * (price - leftover).
   */
  double criticalRatio() {
    return cost >= price ? 0 : Math.min(MOST_RATIO, (price - cost) / (price - leftover));
  }

  /** Returns the change of the expected profit by ordering the units. */
  public double profit(long units) {
    DemandDistribution known = known();
    double sold = known.soldUnits(stock.units() + units) - known.soldUnits(stock.units());
    return price * sold + leftover * (units - sold) - cost * units;
  }

  /** Returns the probability that the demand exceeds the stock and the ordered units. */
  public double stockoutChance(long units) {
    return known().chanceAbove(stock.units() + units);
  }

  /**
   * Returns the units whose order has the highest expected profit; 0 if no order has a profit. A
   * minimum of service raises them if needed.
   */
  public long bestUnits() {
    long units = profitableUnits();
    return serviceMin == null ? units : Math.max(units, safeUnits(serviceMin));
  }

  /** Returns the units whose order has the highest expected profit; 0 if no order has a profit. */
  long profitableUnits() {
    if (isCostTooHigh()) {
      return 0;
    }
    long packs = wholePacks(known().quantile(criticalRatio()));
    // The profit is concave in the units, so the best order is one of two adjacent ones.
    long best = packs > 0 && profit(packs * pack) < profit((packs - 1) * pack) ? packs - 1 : packs;
    long units = best * pack;
    if (units >= minimum) {
      return units;
    }
    return units > 0 && profit(minimum) >= 0 ? minimum : 0;
  }

  /** Returns the units to order so that the demand is covered with a probability. */
  public long safeUnits(double level) {
    long packs = wholePacks(known().quantile(level));
    return packs == 0 ? 0 : Math.max(minimum, packs * pack);
  }

  private long wholePacks(double target) {
    return Math.max(0, (long) Math.ceil((target - stock.units()) / pack - 1e-9));
  }

  /** Returns the days that stock and order last as expected; null if nothing is sold. */
  public @Nullable Double coverDays(long units) {
    return path.lastingDays(stock.units() + units);
  }

  /** Returns the days from the order until the units of the next order arrive. */
  public int orderedDays() {
    return coverDays;
  }

  /**
   * Returns the last day on which an order arrives before the stock is expected to run out, but not
   * a day before {@code asOf}; null if nothing is sold.
   */
  public @Nullable LocalDate orderBy() {
    Double lasts = coverDays(0);
    if (lasts == null) {
      return null;
    }
    long lead = Objects.requireNonNullElse(terms.leadTimeDays(), 0L);
    LocalDate day =
        predicted.horizonStart().plusDays((long) Math.min(lasts, 36_500)).minusDays(lead);
    return day.isBefore(predicted.asOf()) ? predicted.asOf() : day;
  }

  private DemandDistribution known() {
    if (demand == null) {
      throw new IllegalStateException(
          "product %s has a score without quantiles".formatted(predicted.productId()));
    }
    return demand;
  }
}
