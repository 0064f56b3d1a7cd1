package io.trendflow.model.order;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Branch-and-bound search over the quantities of a few products, the core, while those of all
 * others stay. The bound is the linear relaxation of the core's remaining products. The search ends
 * after a fixed amount of work, with the best choice found.
 */
final class CoreSearch {
  private static final int CORE = 14;
  private static final long MOST_WORK = 20_000_000;

  private final BudgetLimits limits;
  private final List<CoreMember> members = new ArrayList<>();
  private final List<int[]> orders = new ArrayList<>();
  private final List<OrderStep> steps = new ArrayList<>();
  private final Map<String, Double> ofSupplier = new HashMap<>();
  private final Map<String, Double> ofCategory = new HashMap<>();
  private double money;
  private double best;
  private long work;

  private CoreSearch(BudgetLimits limits) {
    this.limits = limits;
    this.money = limits.budget();
  }

  /**
   * Replaces the units of the core by better ones, if there are any.
   *
   * @param units units of each product, which keep the limits
   * @param closest indexes of the products, the best for the core first
   */
  static void improve(List<OrderSteps> products, long[] units, int[] closest, BudgetLimits limits) {
    if (Double.isInfinite(limits.budget())
        && limits.categoryCaps().isEmpty()
        && limits.supplierMinimums().isEmpty()) {
      return;
    }
    CoreSearch search = new CoreSearch(limits);
    boolean[] inCore = new boolean[units.length];
    for (int i = 0; i < Math.min(CORE, closest.length); i++) {
      inCore[closest[i]] = true;
    }
    for (int i = 0; i < units.length; i++) {
      if (inCore[i]) {
        search.add(i, products.get(i), units[i]);
      } else if (units[i] > 0) {
        search.spend(products.get(i).candidate(), units[i]);
      }
    }
    search.run(units);
  }

  private void add(int product, OrderSteps of, long units) {
    String supplier = of.candidate().terms().supplier();
    double beyond = supplier == null ? 0 : limits.supplierMinimums().getOrDefault(supplier, 0.0);
    CoreMember member = new CoreMember(product, of, units, beyond);
    steps.addAll(member.rising(members.size()));
    members.add(member);
    best += member.firstProfit();
  }

  private void run(long[] units) {
    members.forEach(member -> orders.add(member.outward()));
    steps.sort(OrderStep.BEST_FIRST);
    long[] chosen = new long[members.size()];
    long[] found = new long[members.size()];
    boolean[] better = {false};
    search(0, 0, chosen, found, better);
    for (int i = 0; better[0] && i < found.length; i++) {
      units[members.get(i).product()] = found[i];
    }
  }

  private void search(int index, double profit, long[] chosen, long[] found, boolean[] better) {
    if (index == members.size()) {
      if (profit > best * (1 + 1e-12) && keepsMinimums()) {
        best = profit;
        better[0] = true;
        System.arraycopy(chosen, 0, found, 0, chosen.length);
      }
      return;
    }
    if (work > MOST_WORK || profit + bound(index) <= best * (1 + 1e-12)) {
      return;
    }
    CoreMember member = members.get(index);
    for (int i : orders.get(index)) {
      double cost = member.candidate().unitCost() * member.units(i);
      if (cost <= left(member.candidate()) + BudgetPlanner.TOLERANCE * cost) {
        chosen[index] = member.units(i);
        spend(member.candidate(), chosen[index]);
        search(index + 1, profit + member.profit(i), chosen, found, better);
        spend(member.candidate(), -chosen[index]);
      }
    }
  }

  /** Returns the profit that the products from an index on cannot exceed. */
  private double bound(int index) {
    double left = money;
    double profit = 0;
    work += steps.size();
    for (OrderStep step : steps) {
      if (step.product() >= index) {
        if (step.cost() >= left) {
          return profit + step.value() * Math.max(0, left) / step.cost();
        }
        left -= step.cost();
        profit += step.value();
      }
    }
    return profit;
  }

  private double left(OrderCandidate candidate) {
    String category = candidate.predicted().category();
    Double cap = category == null ? null : limits.categoryCaps().get(category);
    return cap == null ? money : Math.min(money, cap - ofCategory.getOrDefault(category, 0.0));
  }

  private void spend(OrderCandidate candidate, long units) {
    double cost = candidate.unitCost() * units;
    money -= cost;
    merge(ofSupplier, candidate.terms().supplier(), cost);
    merge(ofCategory, candidate.predicted().category(), cost);
  }

  private static void merge(Map<String, Double> sums, @Nullable String name, double cost) {
    if (name != null) {
      sums.merge(name, cost, Double::sum);
    }
  }

  private boolean keepsMinimums() {
    return limits.supplierMinimums().entrySet().stream()
        .allMatch(
            minimum -> {
              double cost = ofSupplier.getOrDefault(minimum.getKey(), 0.0);
              double tolerance = BudgetPlanner.TOLERANCE * minimum.getValue();
              return cost <= tolerance || cost >= minimum.getValue() - tolerance;
            });
  }
}
