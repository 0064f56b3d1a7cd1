package io.trendflow.model.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Compares plans of many products with the best that OR-tools 9.15 found in 20 s each, and with its
 * bound, by {@code src/test/python/optimal_plans.py}. TRENDFLOW_UPDATE_DOCS=true writes the plans
 * for that script.
 */
class OptimalPlansTest {
  private static final Path OPTIMA =
      Path.of("src/test/resources/io/trendflow/model/order/optima.csv");
  private static final int PLANS = 50;
  private static final int PRODUCTS = 300;

  @Test
  void plansOfManyProductsReachTheOptimumOfOrTools() throws IOException {
    List<Map<String, Object>> written = new ArrayList<>();
    List<BudgetPlan> plans = new ArrayList<>();
    Random random = new Random(7);
    for (int n = 0; n < PLANS; n++) {
      List<OrderCandidate> candidates = Candidates.randoms(random, PRODUCTS, 12);
      double all = OrderProposal.of(candidates, null).plan().cost();
      double budget = all * (0.05 + 0.9 * random.nextDouble());
      plans.add(BudgetPlanner.plan(candidates, BudgetLimits.of(budget)));
      written.add(
          Map.of(
              "budget",
              budget,
              "products",
              candidates.stream()
                  .filter(candidate -> candidate.bestUnits() > 0)
                  .map(OptimalPlansTest::quantities)
                  .toList()));
    }
    if (Boolean.parseBoolean(System.getenv("TRENDFLOW_UPDATE_DOCS"))) {
      new ObjectMapper().writeValue(Path.of("target/plans.json").toFile(), written);
    }
    List<String> optima = Files.readAllLines(OPTIMA);
    assertThat(optima).hasSize(PLANS);
    for (int n = 0; n < PLANS; n++) {
      double found = Double.parseDouble(optima.get(n).split(",", -1)[0]);
      double bound = Double.parseDouble(optima.get(n).split(",", -1)[1]);
      double profit = plans.get(n).expectedProfit();
      assertThat(profit).as("plan %d", n).isGreaterThanOrEqualTo(0.999 * found);
      assertThat(profit).as("plan %d", n).isLessThanOrEqualTo(bound * 1.0001);
      assertThat(plans.get(n).bound()).as("plan %d", n).isGreaterThanOrEqualTo(found * 0.9999);
    }
  }

  private static Map<String, List<Double>> quantities(OrderCandidate candidate) {
    List<Double> costs = new ArrayList<>();
    List<Double> profits = new ArrayList<>();
    for (long units = candidate.minimum();
        units <= candidate.bestUnits();
        units += candidate.pack()) {
      costs.add(candidate.unitCost() * units);
      profits.add(candidate.profit(units));
    }
    return Map.of("costs", costs, "profits", profits);
  }
}
