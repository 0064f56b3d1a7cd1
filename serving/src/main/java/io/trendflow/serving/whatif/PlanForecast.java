package io.trendflow.serving.whatif;

import io.micronaut.serde.annotation.Serdeable;
import io.trendflow.history.HorizonPlan;
import io.trendflow.model.Prediction;
import io.trendflow.model.UnitQuantiles;
import io.trendflow.serving.store.ScoreRecord;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Forecast of a product under a plan of prices and promotions.
 *
 * @param promotedDays days of the forecast period with a promotion
 * @param plannedPrice mean price over the days of the forecast period; null if it is unknown
 * @param expectedUnits units expected over the forecast period
 * @param medianUnits units that are exceeded as likely as not
 * @param lowerUnits lower end of the 80 % interval; null if the model has no interval
 * @param upperUnits upper end of the 80 % interval; null if the model has no interval
 * @param chance probability, from 0 to 1, that the units exceed the baseline; null if it is unknown
 * @param upliftUnits expected units less those of the baseline
 * @param revenue revenue of the expected units, in currency: units that the promotions add at the
 *     mean price of the days with a promotion, all others at planned_price; null if the price is
 *     unknown
 * @param expectedProfit revenue less the cost of the expected units, in currency; null if the price
 *     or the catalogue's unit cost is unknown
 */
@Serdeable
record PlanForecast(
    int promotedDays,
    @Nullable Double plannedPrice,
    double expectedUnits,
    double medianUnits,
    @Nullable Double lowerUnits,
    @Nullable Double upperUnits,
    @Nullable Double chance,
    double upliftUnits,
    @Nullable Double revenue,
    @Nullable Double expectedProfit) {

  /** Returns the published forecast. */
  static PlanForecast published(
      ScoreRecord score, PlannedScore planned, @Nullable BigDecimal unitCost) {
    Double revenue = revenue(planned, planned.plan(), score.expectedUnits());
    return new PlanForecast(
        planned.plan().promotedDays(),
        known(planned.plan().plannedPrice()),
        score.expectedUnits(),
        score.medianUnits(),
        score.lowerUnits(),
        score.upperUnits(),
        score.chance(),
        score.upliftUnits(),
        revenue,
        profit(revenue, score.expectedUnits(), unitCost));
  }

  /** Returns the forecast under another plan. */
  static PlanForecast under(
      HorizonPlan plan, ScoreRecord score, PlannedScore planned, @Nullable BigDecimal unitCost) {
    Prediction predicted = planned.under(plan);
    UnitQuantiles quantiles = predicted.quantiles();
    Double revenue = revenue(planned, plan, predicted.expected());
    return new PlanForecast(
        plan.promotedDays(),
        known(plan.plannedPrice()),
        predicted.expected(),
        predicted.median(),
        quantiles == null ? null : (Double) quantiles.lower(),
        quantiles == null ? null : (Double) quantiles.upper(),
        predicted.chance(),
        predicted.expected() - score.baselineUnits(),
        revenue,
        profit(revenue, predicted.expected(), unitCost));
  }

  private static @Nullable Double revenue(
      PlannedScore planned, HorizonPlan plan, double expectedUnits) {
    if (plan.promotedDays() == 0) {
      return known(expectedUnits * plan.plannedPrice());
    }
    double unpromoted = planned.under(plan.withPromotions(List.of())).expected();
    double added = Math.max(0, expectedUnits - unpromoted);
    return known((expectedUnits - added) * plan.plannedPrice() + added * plan.promotedPrice());
  }

  private static @Nullable Double profit(
      @Nullable Double revenue, double expectedUnits, @Nullable BigDecimal unitCost) {
    return revenue == null || unitCost == null
        ? null
        : (Double) (revenue - expectedUnits * unitCost.doubleValue());
  }

  private static @Nullable Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
