package io.trendflow.model.order;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Quantities of a candidate that a plan considers: none, the minimum order, and then a pack more
 * each time, or a few packs if there would be too many quantities. The profit of each further step
 * for the money that it costs falls.
 */
final class OrderSteps {
  private static final int FEW = 16;

  private final OrderCandidate candidate;
  private final long minimum;
  private final long best;
  private final long stride;

  /** Steps that were made before: a plan goes through them several times. */
  private final List<OrderStep> made = new ArrayList<>();

  /**
   * @param mostSteps highest number of quantities with a rising profit
   */
  OrderSteps(OrderCandidate candidate, int mostSteps) {
    this.candidate = candidate;
    this.minimum = candidate.minimum();
    this.best = candidate.profitableUnits();
    long packs = Math.max(0, best - minimum) / candidate.pack();
    this.stride = candidate.pack() * (1 + packs / mostSteps);
  }

  OrderCandidate candidate() {
    return candidate;
  }

  /** Returns the units with the highest expected profit. */
  long best() {
    return best;
  }

  /** Returns the next larger quantity with a higher profit; the same if there is none. */
  long next(long units) {
    return units >= best ? units : Math.min(best, units == 0 ? minimum : units + stride);
  }

  /**
   * Returns the step from some units to the next larger quantity with a higher profit; null if
   * there is none.
   *
   * @param product index of the product, the same in each call
   */
  @Nullable OrderStep step(int product, long units) {
    long to = next(units);
    if (to == units) {
      return null;
    }
    int index = units == 0 ? 0 : Math.toIntExact(1 + (units - minimum) / stride);
    boolean between = units != 0 && (units - minimum) % stride != 0;
    if (between || index > made.size()) {
      return OrderStep.of(product, candidate, units, to);
    }
    if (index == made.size()) {
      made.add(OrderStep.of(product, candidate, units, to));
    }
    return made.get(index);
  }

  /**
   * Returns the largest quantity that the money buys beyond the units; the same if it buys none.
   *
   * @param money money left
   */
  long affordable(long units, double money) {
    double packs = Math.floor(money / (candidate.unitCost() * candidate.pack()) + 1e-9);
    long step = (next(units) - units) / candidate.pack();
    long more = packs >= step ? step : Math.max(0, (long) packs);
    long to = units + more * candidate.pack();
    return to < minimum ? units : to;
  }

  /**
   * Returns all quantities that a search compares.
   *
   * @param beyond money that may be spent beyond the best units, to reach a supplier's minimum
   */
  long[] quantities(double beyond) {
    long most = best;
    if (beyond > 0) {
      long packs = (long) Math.ceil(beyond / (candidate.unitCost() * candidate.pack()));
      most = Math.max(best, minimum) + Math.min(packs, FEW) * candidate.pack();
    }
    if (most == 0) {
      return new long[] {0};
    }
    int count = 2 + Math.toIntExact((most - minimum + stride - 1) / stride);
    long[] quantities = new long[count];
    for (int i = 1; i < count; i++) {
      quantities[i] = Math.min(most, minimum + (i - 1) * stride);
    }
    return quantities;
  }
}
