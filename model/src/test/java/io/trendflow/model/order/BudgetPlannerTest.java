package io.trendflow.model.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BudgetPlannerTest {
  /** Quantities beyond which no order of the random plans is sensible, in packs. */
  private static final int MOST_PACKS = 16;

  @Test
  void smallPlansAreTheBestOfAll() {
    Random random = new Random(1);
    int bought = 0;
    int limited = 0;
    for (int n = 0; n < 500; n++) {
      List<OrderCandidate> candidates = Candidates.randoms(random, 2 + random.nextInt(3), 5);
      BudgetLimits limits = limits(random, candidates);
      BudgetPlan plan = BudgetPlanner.plan(candidates, limits);
      double best = new Enumeration(candidates, limits).best();
      assertThat(plan.expectedProfit()).as("plan %d", n).isCloseTo(best, within(1e-9));
      assertThat(plan.bound()).as("plan %d", n).isGreaterThanOrEqualTo(best - 1e-9);
      assertKept(plan, limits);
      bought += plan.orders().size();
      limited += limits.supplierMinimums().size() + limits.categoryCaps().size();
    }
    assertThat(bought).isGreaterThan(500);
    assertThat(limited).isGreaterThan(200);
  }

  @Test
  void largePlansKeepTheLimitsAndAreCloseToTheBound() {
    Random random = new Random(2);
    for (int n = 0; n < 20; n++) {
      List<OrderCandidate> candidates = Candidates.randoms(random, 300, 40);
      double all = BudgetPlanner.plan(candidates, BudgetLimits.of(Double.POSITIVE_INFINITY)).cost();
      BudgetLimits limits =
          new BudgetLimits(all / 4, Map.of("supplier-0", all / 10), Map.of("category-0", all / 10));
      BudgetPlan plan = BudgetPlanner.plan(candidates, limits);
      assertKept(plan, limits);
      assertThat(BudgetPlanner.plan(candidates, BudgetLimits.of(all / 4)).gap()).isLessThan(0.01);
    }
  }

  @Test
  void withoutALimitEachProductHasItsBestOrder() {
    List<OrderCandidate> candidates = Candidates.randoms(new Random(3), 100, 500);
    BudgetPlan plan = BudgetPlanner.plan(candidates, BudgetLimits.of(Double.POSITIVE_INFINITY));
    assertThat(plan.orders())
        .allSatisfy(order -> assertThat(order.units()).isEqualTo(order.candidate().bestUnits()));
    assertThat(plan.gap()).isCloseTo(0, within(1e-12));
    assertThat(plan.orders().size())
        .isEqualTo(
            (int) candidates.stream().filter(candidate -> candidate.bestUnits() > 0).count());
  }

  @Test
  void aSuppliersMinimumIsReachedOrNothingIsOrderedThere() {
    OrderCandidate small = supplied("a", 4, 6);
    OrderCandidate large = supplied("b", 4, 40);
    assertThat(
            BudgetPlanner.plan(
                    List.of(small, large), new BudgetLimits(1000, Map.of("a", 150.0), Map.of()))
                .orders())
        .extracting(order -> order.candidate().terms().supplier())
        .containsExactly("b");
    assertThat(
            BudgetPlanner.plan(
                    List.of(small, large), new BudgetLimits(1000, Map.of("a", 26.0), Map.of()))
                .orders())
        .extracting(order -> order.candidate().terms().supplier())
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aNegativeBudgetIsRefused() {
    assertThatThrownBy(() -> BudgetLimits.of(-1))
        .hasMessage("the budget is -1.0, but must be a number from 0 on");
    assertThat(BudgetPlanner.plan(List.of(supplied("a", 4, 6)), BudgetLimits.of(0)).orders())
        .isEmpty();
  }

  private static OrderCandidate supplied(String supplier, double cost, double units) {
    return OrderCandidate.of(
        Candidates.predicted(
            supplier, null, units, units, units, units, units, units, units, units),
        new OrderTerms(10.0, "GBP", cost, 0.5, null, null, null, supplier),
        StockPosition.UNKNOWN,
        Candidates.PLAIN);
  }

  private static BudgetLimits limits(Random random, List<OrderCandidate> candidates) {
    double all = candidates.stream().mapToDouble(one -> one.unitCost() * one.bestUnits()).sum() + 1;
    Map<String, Double> minimums = new HashMap<>();
    Map<String, Double> caps = new HashMap<>();
    if (random.nextInt(3) == 0) {
      minimums.put("supplier-0", all * random.nextDouble());
    }
    if (random.nextInt(3) == 0) {
      caps.put("category-0", all * random.nextDouble());
    }
    return new BudgetLimits(all * (0.3 + 0.9 * random.nextDouble()), minimums, caps);
  }

  private static void assertKept(BudgetPlan plan, BudgetLimits limits) {
    Map<String, Double> suppliers = new HashMap<>();
    Map<String, Double> categories = new HashMap<>();
    for (PlannedOrder order : plan.orders()) {
      OrderCandidate candidate = order.candidate();
      assertThat(order.units() % Candidates.pack(candidate)).isZero();
      assertThat(order.units()).isGreaterThanOrEqualTo(Candidates.moq(candidate));
      suppliers.merge(Candidates.supplier(candidate), order.cost(), Double::sum);
      categories.merge(Candidates.category(candidate), order.cost(), Double::sum);
    }
    assertThat(plan.cost()).isLessThanOrEqualTo(limits.budget() * (1 + 1e-8));
    limits
        .supplierMinimums()
        .forEach(
            (supplier, minimum) -> {
              double cost = suppliers.getOrDefault(supplier, 0.0);
              assertThat(cost == 0 || cost >= minimum * (1 - 1e-8)).isTrue();
            });
    limits
        .categoryCaps()
        .forEach(
            (category, cap) ->
                assertThat(categories.getOrDefault(category, 0.0))
                    .isLessThanOrEqualTo(cap * (1 + 1e-8)));
  }

  /** All plans of a few products. */
  private static final class Enumeration {
    private final List<OrderCandidate> candidates;
    private final BudgetLimits limits;
    private double best;

    Enumeration(List<OrderCandidate> candidates, BudgetLimits limits) {
      this.candidates = candidates;
      this.limits = limits;
    }

    double best() {
      visit(0, 0, 0, 0, 0);
      return best;
    }

    private void visit(
        int index, double profit, double cost, double ofSupplier, double ofCategory) {
      if (cost > limits.budget() * (1 + 1e-9)
          || ofCategory
              > limits.categoryCaps().getOrDefault("category-0", Double.MAX_VALUE) * (1 + 1e-9)) {
        return;
      }
      if (index == candidates.size()) {
        double minimum = limits.supplierMinimums().getOrDefault("supplier-0", 0.0);
        if (ofSupplier == 0 || ofSupplier >= minimum * (1 - 1e-9)) {
          best = Math.max(best, profit);
        }
        return;
      }
      OrderCandidate candidate = candidates.get(index);
      int supplier = Candidates.supplier(candidate).equals("supplier-0") ? 0 : 1;
      int category = Candidates.category(candidate).equals("category-0") ? 0 : 1;
      long pack = Candidates.pack(candidate);
      for (long units = 0; units <= MOST_PACKS * pack; units += pack) {
        if (units > 0 && units < Candidates.moq(candidate)) {
          continue;
        }
        double more = candidate.unitCost() * units;
        visit(
            index + 1,
            profit + (units == 0 ? 0 : candidate.profit(units)),
            cost + more,
            supplier == 0 ? ofSupplier + more : ofSupplier,
            category == 0 ? ofCategory + more : ofCategory);
      }
    }
  }
}
