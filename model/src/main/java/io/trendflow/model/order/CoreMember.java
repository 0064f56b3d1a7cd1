package io.trendflow.model.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Product of a core, with the quantities that the search compares. */
final class CoreMember {
  private final int product;
  private final OrderSteps steps;

  /** Quantities in ascending order, and the expected profit of each. */
  private final long[] quantities;

  private final double[] profits;

  /** Index of the quantity with which the search begins. */
  private final int first;

  /**
   * Creates a member.
   *
   * @param product index among all products
   * @param units units with which the search begins
   * @param beyond money that may be spent beyond the best units
   */
  CoreMember(int product, OrderSteps steps, long units, double beyond) {
    this.product = product;
    this.steps = steps;
    this.quantities =
        LongStream.concat(Arrays.stream(steps.quantities(beyond)), LongStream.of(units))
            .sorted()
            .distinct()
            .toArray();
    this.profits = new double[quantities.length];
    for (int i = 0; i < quantities.length; i++) {
      profits[i] = quantities[i] == 0 ? 0 : candidate().profit(quantities[i]);
    }
    this.first = Arrays.binarySearch(quantities, units);
  }

  OrderCandidate candidate() {
    return steps.candidate();
  }

  int product() {
    return product;
  }

  double firstProfit() {
    return profits[first];
  }

  int count() {
    return quantities.length;
  }

  long units(int index) {
    return quantities[index];
  }

  double profit(int index) {
    return profits[index];
  }

  /** Returns the indexes of the quantities, the nearest to the first one first. */
  int[] outward() {
    int[] order = new int[count()];
    int filled = 0;
    for (int distance = 0; filled < order.length; distance++) {
      if (first + distance < order.length) {
        order[filled++] = first + distance;
      }
      if (distance > 0 && first - distance >= 0) {
        order[filled++] = first - distance;
      }
    }
    return order;
  }

  /**
   * Returns the steps between the quantities whose profit rises.
   *
   * @param index index of the member in its core
   */
  List<OrderStep> rising(int index) {
    List<OrderStep> rising = new ArrayList<>();
    for (int i = 1; i < count() && quantities[i] <= steps.best(); i++) {
      rising.add(OrderStep.of(index, candidate(), quantities[i - 1], quantities[i]));
    }
    return rising;
  }
}
