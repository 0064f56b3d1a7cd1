package io.trendflow.serving.whatif;

import io.trendflow.history.HorizonPlan;
import io.trendflow.model.whatif.SeenPlans;
import io.trendflow.serving.web.ProblemException;
import io.trendflow.serving.web.QueryParameters;
import java.util.Locale;

/**
 * Check that a plan is like those of the training examples. The published plan is, whatever it has.
 *
 * @param seen plans of the training examples
 * @param published plan under which the score was published
 */
record SeenPlanCheck(SeenPlans seen, HorizonPlan published) {
  private static final double ROUNDING = 1e-9;

  /**
   * Rejects a plan that is unlike all that the model has seen.
   *
   * @param priced whether the request asks for a price
   * @throws ProblemException status 400 naming the property; 409 if the product has no price, or
   *     prices vary too little
   */
  void require(HorizonPlan plan, boolean priced) {
    if (priced && !seen.pricesVary()) {
      throw ProblemException.conflict(
          "What-ifs on the price are not answered, because prices varied too little without promotions when the model was trained: ask about promotions only.");
    }
    requirePromotions(plan);
    double change = plan.priceChange();
    if (Double.isNaN(change)) {
      if (priced) {
        throw ProblemException.conflict(
            "The price of the product is not known: ask about promotions only, or give the catalogue a price.");
      }
    } else if (change != published.priceChange()) {
      requirePrice(plan, change, priced ? "price" : "promotions");
    }
  }

  private void requirePromotions(HorizonPlan plan) {
    int days = Math.max(seen.promotedDays(), published.promotedDays());
    if (plan.promotedDays() > days) {
      throw QueryParameters.refused(
          "promotions",
          "'promotions' have %d days of the forecast period, but the model has seen at most %d: use fewer days."
              .formatted(plan.promotedDays(), days));
    }
    double before = published.promotionDepth();
    double depth = Math.max(seen.promotionDepth(), Double.isNaN(before) ? 0 : before);
    if (plan.promotionDepth() > depth + ROUNDING) {
      throw QueryParameters.refused(
          "promotions",
          "'promotions' reduce the price by %s over the forecast period, but the model has seen at most %s: use fewer days or a smaller depth."
              .formatted(percent(plan.promotionDepth()), percent(depth)));
    }
  }

  private void requirePrice(HorizonPlan plan, double change, String property) {
    SeenPlans.PriceRange range = seen.prices(plan.promotedDays() > 0);
    if (range == null) {
      throw QueryParameters.refused(
          property,
          plan.promotedDays() > 0
              ? "The model has seen no plan with a promotion: use a plan without one."
              : "The model has seen no plan without a promotion: use a plan with one.");
    }
    double now = published.priceChange();
    boolean asBefore =
        (plan.promotedDays() > 0) == (published.promotedDays() > 0) && !Double.isNaN(now);
    SeenPlans.PriceRange allowed = asBefore ? range.including(now) : range;
    if (!allowed.has(change)) {
      throw QueryParameters.refused(
          property,
          "The mean price over the forecast period would be %s, but the model has seen prices from %s to %s for such a plan: use a price in this range."
              .formatted(
                  price(plan.plannedPrice()),
                  price(plan.currentPrice() * Math.exp(allowed.lowest())),
                  price(plan.currentPrice() * Math.exp(allowed.highest()))));
    }
  }

  private static String price(double value) {
    return String.format(Locale.ENGLISH, "%.2f", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ENGLISH, "%.1f %%", 100 * share);
  }
}
