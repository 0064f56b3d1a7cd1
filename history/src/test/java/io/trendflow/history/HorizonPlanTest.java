package io.trendflow.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HorizonPlanTest {
  private static final Offset<Double> EXACT = within(1e-12);
  private static final HorizonPlan PLAN =
      new HorizonPlan(
          100,
          28,
          10,
          8,
          List.of(
              event(90, 106, PlannedEvent.Kind.PROMO, 0.2),
              event(120, 140, PlannedEvent.Kind.PRICE, -0.1),
              event(100, 127, PlannedEvent.Kind.HOLIDAY, 0.9),
              event(128, 130, PlannedEvent.Kind.PROMO, 0.5)));

  private static PlannedEvent event(int first, int last, PlannedEvent.Kind kind, double depth) {
    return PlannedEvent.known(new DayRange(first, last), kind, depth);
  }

  @Test
  void theInputsFollowFromThePromotionsAndPricesOfTheHorizon() {
    assertThat(PLAN.events()).hasSize(2);
    assertThat(PlannedInput.PROMOTED_DAYS.of(PLAN)).isEqualTo(7);
    assertThat(PlannedInput.PROMOTION_DEPTH.of(PLAN)).isCloseTo(0.2 * 7 / 28, EXACT);
    double planned = 10 * (1 - (0.2 * 7 - 0.1 * 8) / 28);
    assertThat(PLAN.plannedPrice()).isCloseTo(planned, EXACT);
    assertThat(PlannedInput.PRICE_CHANGE.of(PLAN)).isCloseTo(Math.log(planned / 8), EXACT);
    assertThat(PLAN.promotedPrice()).isCloseTo(8, EXACT);
    assertThat(PLAN.promotedDaysByWeek()).containsExactly(7, 0, 0, 0);
  }

  @Test
  void otherPromotionsLeaveThePrices() {
    HorizonPlan none = PLAN.withPromotions(List.of());
    assertThat(PlannedInput.PROMOTED_DAYS.of(none)).isZero();
    assertThat(none.promotedPrice()).isNaN();
    assertThat(none.plannedPrice()).isCloseTo(10 * (1 + 0.1 * 8 / 28), EXACT);
    HorizonPlan last = PLAN.withPromotions(List.of(event(126, 127, PlannedEvent.Kind.PROMO, 0.3)));
    assertThat(last.promotedDaysByWeek()).containsExactly(0, 0, 0, 2);
    assertThat(last.promotedPrice()).isCloseTo(7, EXACT);
  }

  @Test
  void anotherPriceIsReducedByThePromotions() {
    HorizonPlan cheaper = PLAN.withPrice(9);
    assertThat(PlannedInput.PROMOTED_DAYS.of(cheaper)).isEqualTo(7);
    assertThat(cheaper.plannedPrice()).isCloseTo((7 * 8 + 21 * 9) / 28.0, EXACT);
    assertThat(PLAN.withPrice(7).plannedPrice())
        .as("a promotion does not raise the price")
        .isCloseTo(7, EXACT);
    assertThat(PLAN.withPromotions(List.of()).withPrice(12).plannedPrice()).isCloseTo(12, EXACT);
  }

  @Test
  void anUnknownPriceOrDepthLeavesTheChangeUnknown() {
    assertThat(new HorizonPlan(100, 28, Double.NaN, 8, List.of()).priceChange()).isNaN();
    HorizonPlan unknown =
        PLAN.withPromotions(List.of(event(100, 101, PlannedEvent.Kind.PROMO, Double.NaN)));
    assertThat(unknown.promotedDays()).isEqualTo(2);
    assertThat(PlannedInput.PROMOTION_DEPTH.of(unknown)).isNaN();
    assertThat(PlannedInput.PRICE_CHANGE.of(unknown)).isNaN();
  }
}
