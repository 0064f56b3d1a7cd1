package io.trendflow.features;

import static io.trendflow.features.ProductFeatures.LOG_RATIO;
import static io.trendflow.features.ProductFeatures.LOG_UNITS;
import static io.trendflow.features.ProductFeatures.log;
import static io.trendflow.features.ProductFeatures.ratio;
import static io.trendflow.features.ProductFeatures.sold;
import static io.trendflow.features.ProductFeatures.window;

import io.trendflow.features.ProductFeatures.FeatureGroup;
import io.trendflow.history.LineSums;

/**
 * Features that a few bulk purchases do not move: from the sums over sales lines, from daily totals
 * whose largest days are capped, from customers, and from the days without a sale.
 */
final class RobustFeatures {
  private static final int[] WINDOWS = {28, 84, 168};
  private static final int[] SHORT_WINDOWS = {28, 84};
  private static final String SHARE = "share";
  private static final String LOG_CHANCE = "log chance";

  private RobustFeatures() {}

  static void add(FeatureGroup to) {
    ofLines(to);
    ofDays(to);
    ofCustomers(to);
    ofGaps(to);
  }

  private static void ofLines(FeatureGroup to) {
    for (int days : WINDOWS) {
      sold(
          window(to, days),
          "line_capped_units_" + days,
          LOG_UNITS,
          "Units of the last %d days, each sales line counted with at most 48.".formatted(days),
          p -> log(p.lines(days, LineSums::cappedUnits)));
      sold(
          window(to, days),
          "line_log_units_" + days,
          "log(1 + sum)",
          "Sum of log(1 + units) over the sales lines of the last %d days.".formatted(days),
          p -> log(p.lines(days, LineSums::logUnits)));
    }
    for (int days : SHORT_WINDOWS) {
      sold(
          window(to, days),
          "line_bulk_" + days,
          LOG_RATIO,
          "Units of the last %d days against the same units with each line capped at 48."
              .formatted(days),
          p -> ratio(p.grossUnits(days), p.lines(days, LineSums::cappedUnits)));
      sold(
          window(to, days),
          "line_concentration_" + days,
          SHARE,
          "Sum of squared units of the sales lines of the last %d days, divided by the squared units: 1 if one line holds all units (Herfindahl index)."
              .formatted(days),
          p ->
              p.lines(days, LineSums::squaredUnits) / Math.pow(Math.max(1, p.grossUnits(days)), 2));
    }
    sold(
        to,
        "line_typical_units_28",
        LOG_UNITS,
        "Units of a typical line of the last 168 days (geometric mean of 1 + units) times the orders of the last 28 days.",
        p ->
            log(
                Math.exp(p.lines(168, LineSums::logUnits) / Math.max(1, p.orders(168, 0)))
                    * p.orders(28, 0)));
  }

  private static void ofDays(FeatureGroup to) {
    sold(
        to,
        "day_typical_units",
        LOG_UNITS,
        "Units of a typical day with a sale: the median of the last 168 days.",
        p -> log(p.typicalDayUnits()));
    for (int days : WINDOWS) {
      sold(
          window(to, days),
          "day_capped_units_" + days,
          LOG_UNITS,
          "Units of the last %d days, each day counted with at most three typical days."
              .formatted(days),
          p -> log(p.cappedUnits(days)));
      sold(
          window(to, days),
          "day_log_units_" + days,
          "log(1 + sum)",
          "Sum of log(1 + units) over the last %d days.".formatted(days),
          p -> log(p.dayLogUnits(days)));
    }
    for (int days : SHORT_WINDOWS) {
      sold(
          window(to, days),
          "day_bulk_" + days,
          LOG_RATIO,
          "Units of the last %d days against the same units with each day capped at three typical days."
              .formatted(days),
          p -> ratio(p.grossUnits(days), p.cappedUnits(days)));
      sold(
          window(to, days),
          "day_largest_share_" + days,
          SHARE,
          "Share of the largest day in the units of the last %d days.".formatted(days),
          p -> p.largestDayShare(days));
    }
    sold(
        to,
        "day_typical_units_28",
        LOG_UNITS,
        "Units of a typical day times the days with a sale in the last 28 days.",
        p -> log(p.activePeriods(28) * p.typicalDayUnits()));
    sold(
        to,
        "order_typical_units_28",
        LOG_UNITS,
        "Units of a typical day of the last 168 days (geometric mean of 1 + units) times the orders of the last 28 days.",
        p ->
            log(
                p.orders(28, 0)
                    * Math.expm1(p.dayLogUnits(168) / Math.max(1, p.activePeriods(168)))));
    sold(
        to,
        "last_sale_units",
        LOG_UNITS,
        "Units of the last day with a sale.",
        p -> log(p.lastSaleUnits()));
  }

  private static void ofCustomers(FeatureGroup to) {
    for (int days : WINDOWS) {
      sold(
          window(to, days),
          "customers_" + days,
          "log(1 + customers)",
          "Customers of each of the last %d days, added up.".formatted(days),
          p -> log(p.lines(days, LineSums::customers)));
    }
    sold(
        to,
        "orders_per_customer_84",
        LOG_RATIO,
        "Orders of the last 84 days against the customers of each day.",
        p -> ratio(p.orders(84, 0), p.lines(84, LineSums::customers)));
  }

  private static void ofGaps(FeatureGroup to) {
    sold(
        to,
        "gap_surprise",
        LOG_CHANCE,
        "Days since the last sale times the usual rate of days with a sale, negated: the log of the chance of such a gap if sales are as usual. A very low value suggests that the product is out of stock.",
        p -> -p.usualRate() * (p.daysSinceLastSale() - 1));
    sold(
        to,
        "longest_gap_84",
        "days",
        "Most days in a row without a sale among the last 84 days.",
        p -> p.longestGap());
    sold(
        to,
        "longest_gap_surprise_84",
        LOG_CHANCE,
        "The longest gap of the last 84 days times the usual rate of days with a sale, negated.",
        p -> -p.usualRate() * p.longestGap());
    for (int weeks : new int[] {12, 26}) {
      sold(
          to,
          "weeks_without_sale_" + weeks,
          "weeks",
          "Weeks without a sale among the last %d weeks.".formatted(weeks),
          p -> p.weeksWithoutSale(weeks));
    }
  }
}
