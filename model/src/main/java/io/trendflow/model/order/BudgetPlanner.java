package io.trendflow.model.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the orders with the highest expected profit within limits. The profit of a further pack
 * falls with the packs, and the greedy choice by profit for the money is therefore optimal but for
 * the size of packs, minimum orders and the limits of suppliers and categories. An exact search
 * over the products whose choice was closest, a core, follows it.
 */
public final class BudgetPlanner {
  /** Tolerance of sums of money, relative to a limit. */
  static final double TOLERANCE = 1e-9;

  /**
   * Steps of all products together: a plan takes time for each. A step of many packs costs little
   * profit, because the last packs of a product are worth nearly the same.
   */
  private static final int ALL_STEPS = 400_000;

  private static final int MOST_STEPS = 128;
  private static final int FEWEST_STEPS = 16;

  private final List<OrderSteps> products;
  private final BudgetLimits limits;

  private BudgetPlanner(List<OrderSteps> products, BudgetLimits limits) {
    this.products = products;
    this.limits = limits;
  }

  /**
   * Returns a plan.
   *
   * @param candidates complete candidates with amounts in one currency
   */
  public static BudgetPlan plan(List<OrderCandidate> candidates, BudgetLimits limits) {
    int steps = ALL_STEPS / Math.max(1, candidates.size());
    int mostSteps = Math.max(FEWEST_STEPS, Math.min(MOST_STEPS, steps));
    List<OrderSteps> products =
        candidates.stream()
            .map(candidate -> new OrderSteps(candidate, mostSteps))
            .filter(product -> product.best() > 0 || hasMinimum(product.candidate(), limits))
            .toList();
    return new BudgetPlanner(products, limits).plan();
  }

  private static boolean hasMinimum(OrderCandidate candidate, BudgetLimits limits) {
    String supplier = candidate.terms().supplier();
    return supplier != null && limits.supplierMinimums().containsKey(supplier);
  }

  private BudgetPlan plan() {
    Choice choice = feasible();
    CoreSearch.improve(products, choice.units, choice.closeness(), limits);
    List<PlannedOrder> orders = new ArrayList<>();
    for (int i = 0; i < choice.units.length; i++) {
      if (choice.units[i] > 0) {
        orders.add(PlannedOrder.of(products.get(i).candidate(), choice.units[i]));
      }
    }
    orders.sort(PlannedOrder.MOST_PROFIT);
    return new BudgetPlan(orders, bound(choice));
  }

  /**
   * Chooses greedily, then settles the suppliers whose orders are below their minimum: their orders
   * are raised to it or left out, whichever has the higher profit.
   */
  private Choice feasible() {
    Choice choice = greedy(Set.of(), Set.of());
    Set<String> without = new HashSet<>();
    Set<String> before = new HashSet<>();
    for (String low = choice.belowMinimum(); low != null; low = choice.belowMinimum()) {
      Choice dropped = greedy(with(without, low), before);
      Choice raised = greedy(without, with(before, low));
      if (!before.contains(low)
          && !low.equals(raised.belowMinimum())
          && raised.profit() >= dropped.profit()) {
        before.add(low);
        choice = raised;
      } else {
        without.add(low);
        before.remove(low);
        choice = greedy(without, before);
      }
    }
    return choice;
  }

  /** Returns the highest profit if packs could be divided and only the budget mattered. */
  private double bound(Choice choice) {
    return limits.supplierMinimums().isEmpty() && limits.categoryCaps().isEmpty()
        ? choice.relaxed
        : new BudgetPlanner(products, BudgetLimits.of(limits.budget()))
            .greedy(Set.of(), Set.of())
            .relaxed;
  }

  private static Set<String> with(Set<String> names, String name) {
    Set<String> all = new HashSet<>(names);
    all.add(name);
    return all;
  }

  /**
   * Takes steps by profit for the money while they fit.
   *
   * @param without suppliers without orders
   * @param before suppliers whose minimums are reached before anything else is ordered
   */
  private Choice greedy(Set<String> without, Set<String> before) {
    Choice choice = new Choice();
    for (String supplier : before) {
      choice.take(without, supplier);
    }
    choice.take(without, null);
    return choice;
  }

  /** Units of each product, and the money that they cost. */
  private final class Choice {
    private final long[] units = new long[products.size()];

    /** Profit for the money of each product's first step that did not fit, or last one that did. */
    private final double[] edge = new double[products.size()];

    private final Map<String, Double> ofSupplier = new HashMap<>();
    private final Map<String, Double> ofCategory = new HashMap<>();
    private double spent;

    /** Profit for the money of the last step that was taken by its own value. */
    private double level = Double.POSITIVE_INFINITY;

    /**
     * Profit of the steps up to the first one that did not fit, with the part of it that did: the
     * highest one if packs could be divided and only the budget mattered.
     */
    private double relaxed;

    /** Takes steps of a supplier up to its minimum, or of all suppliers. */
    void take(Set<String> without, @Nullable String only) {
      boolean fitted = true;
      PriorityQueue<OrderStep> steps = steps(without, only);
      for (OrderStep step = steps.poll(); step != null; step = steps.poll()) {
        if (only != null && reached(only)) {
          return;
        }
        OrderSteps product = products.get(step.product());
        double left = left(product.candidate());
        edge[step.product()] = step.ratio();
        if (fitted) {
          fitted = step.cost() < left;
          relaxed += fitted ? step.value() : step.value() * left / step.cost();
        }
        long more =
            step.cost() <= left * (1 + TOLERANCE)
                ? step.to()
                : product.affordable(units[step.product()], left);
        if (more > units[step.product()]) {
          add(step.product(), more);
          level = Math.min(level, step.ratio());
        }
        if (more == step.to()) {
          offer(steps, step.product());
        }
      }
    }

    /** Returns the first step of each product of the suppliers. */
    PriorityQueue<OrderStep> steps(Set<String> without, @Nullable String only) {
      PriorityQueue<OrderStep> steps = new PriorityQueue<>(OrderStep.BEST_FIRST);
      for (int i = 0; i < units.length; i++) {
        String supplier = products.get(i).candidate().terms().supplier();
        if ((only == null || only.equals(supplier))
            && (supplier == null || !without.contains(supplier))) {
          offer(steps, i);
        }
      }
      return steps;
    }

    private void offer(PriorityQueue<OrderStep> steps, int product) {
      OrderStep next = products.get(product).step(product, units[product]);
      if (next != null) {
        steps.add(next);
      }
    }

    private void add(int product, long to) {
      OrderCandidate candidate = products.get(product).candidate();
      double cost = candidate.unitCost() * (to - units[product]);
      units[product] = to;
      spent += cost;
      if (candidate.terms().supplier() != null) {
        ofSupplier.merge(candidate.terms().supplier(), cost, Double::sum);
      }
      if (candidate.predicted().category() != null && !limits.categoryCaps().isEmpty()) {
        ofCategory.merge(candidate.predicted().category(), cost, Double::sum);
      }
    }

    /** Returns the money that is left for a product. */
    private double left(OrderCandidate candidate) {
      double left = limits.budget() - spent;
      if (limits.categoryCaps().isEmpty()) {
        return left;
      }
      String category = candidate.predicted().category();
      Double cap = category == null ? null : limits.categoryCaps().get(category);
      return cap == null ? left : Math.min(left, cap - ofCategory.getOrDefault(category, 0.0));
    }

    private boolean reached(String supplier) {
      return ofSupplier.getOrDefault(supplier, 0.0)
          >= limits.supplierMinimums().getOrDefault(supplier, 0.0) * (1 - TOLERANCE);
    }

    /** Returns a supplier that has orders below its minimum; null if there is none. */
    @Nullable String belowMinimum() {
      return ofSupplier.keySet().stream()
          .filter(supplier -> !reached(supplier))
          .sorted()
          .findFirst()
          .orElse(null);
    }

    double profit() {
      double profit = 0;
      for (int i = 0; i < units.length; i++) {
        profit += units[i] == 0 ? 0 : products.get(i).candidate().profit(units[i]);
      }
      return profit;
    }

    /** Returns the indexes of the products, those whose choice was the closest first. */
    int[] closeness() {
      double last = Double.isInfinite(level) ? 0 : level;
      Integer[] indexes = new Integer[units.length];
      Arrays.setAll(indexes, i -> i);
      Arrays.sort(indexes, Comparator.comparingDouble(i -> Math.abs(edge[i] - last)));
      return Arrays.stream(indexes).mapToInt(i -> i).toArray();
    }
  }
}
