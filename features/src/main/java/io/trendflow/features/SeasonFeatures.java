package io.trendflow.features;

import static io.trendflow.features.ProductFeatures.LOG_ORDERS;
import static io.trendflow.features.ProductFeatures.LOG_RATIO;
import static io.trendflow.features.ProductFeatures.LOG_UNITS;
import static io.trendflow.features.ProductFeatures.any;
import static io.trendflow.features.ProductFeatures.log;
import static io.trendflow.features.ProductFeatures.ratio;
import static io.trendflow.features.ProductFeatures.sold;

import io.trendflow.features.ProductFeatures.FeatureGroup;
import io.trendflow.history.WorkingDays;

/** Features of the season: what the same time of last year was like, holidays and feasts. */
final class SeasonFeatures {
  /** Damping of a growth factor of units, and of orders: few of them say little. */
  private static final double UNITS_DAMPING = 5;

  private static final double ORDERS_DAMPING = 2;

  private SeasonFeatures() {}

  static void add(FeatureGroup to) {
    lastYear(to);
    thisYear(to);
    calendar(to);
  }

  private static void lastYear(FeatureGroup to) {
    sold(
        to,
        "year_ago_units_around",
        LOG_UNITS,
        "Units of the horizon's days and of 14 days on either side, a year earlier.",
        p -> log(p.yearAgoUnitsAround()));
    sold(
        to,
        "year_ago_orders_around",
        LOG_ORDERS,
        "Orders of the horizon's days and of 14 days on either side, a year earlier.",
        p -> log(p.yearAgoOrdersAround()));
    sold(
        to,
        "year_ago_units_vs_84",
        LOG_RATIO,
        "Units of the horizon's days against as many of the 84 days up to the cutoff, a year earlier.",
        p -> ratio(p.yearAgoUnits(), p.yearAgoRecentUnits() / 3));
    sold(
        to,
        "year_ago_orders_vs_84",
        LOG_RATIO,
        "Orders of the horizon's days against as many of the 84 days up to the cutoff, a year earlier.",
        p -> ratio(p.yearAgoOrders(), p.yearAgoRecentOrders() / 3));
    sold(
        to,
        "year_ago_capped_units",
        LOG_UNITS,
        "Units of the horizon's days a year earlier, each day counted with at most three typical days.",
        p -> log(p.yearAgoCappedUnits()));
    sold(
        to,
        "year_ago_last_capped_units",
        LOG_UNITS,
        "Units of as many days as the horizon up to the cutoff, a year earlier, each day counted with at most three typical days.",
        p -> log(p.yearAgoLastCappedUnits()));
    sold(
        to,
        "year_ago_log_units",
        "log(1 + sum)",
        "Sum of log(1 + units) over the horizon's days, a year earlier.",
        p -> log(p.yearAgoDayLogUnits()));
  }

  private static void thisYear(FeatureGroup to) {
    sold(
        to,
        "seasonal_naive_units",
        LOG_UNITS,
        "Units of as many days as the horizon up to the cutoff, times their growth a year earlier.",
        p ->
            log(
                p.units(p.horizon)
                    * growth(p.yearAgoUnits(), p.yearAgoLastUnits(), UNITS_DAMPING)));
    sold(
        to,
        "seasonal_naive_orders",
        LOG_ORDERS,
        "Orders of as many days as the horizon up to the cutoff, times their growth a year earlier.",
        p ->
            log(
                p.orders(p.horizon, 0)
                    * growth(p.yearAgoOrders(), p.yearAgoLastOrders(), ORDERS_DAMPING)));
    sold(
        to,
        "units_vs_year_ago",
        LOG_RATIO,
        "Units of as many days as the horizon up to the cutoff, against a year earlier.",
        p -> ratio(p.units(p.horizon), p.yearAgoLastUnits()));
    sold(
        to,
        "orders_vs_year_ago",
        LOG_RATIO,
        "Orders of as many days as the horizon up to the cutoff, against a year earlier.",
        p -> ratio(p.orders(p.horizon, 0), p.yearAgoLastOrders()));
    sold(
        to,
        "units_84_vs_year_ago",
        LOG_RATIO,
        "Units of the last 84 days against a year earlier.",
        p -> ratio(p.units(84), p.yearAgoRecentUnits()));
    sold(
        to,
        "peak_ratio",
        LOG_RATIO,
        "Units of the best 28 days of the last year against their mean.",
        p -> Math.log(p.peakRatio()));
  }

  private static void calendar(FeatureGroup to) {
    any(
        to,
        "working_days_ahead",
        "days",
        "Working days of the market in the horizon.",
        p -> p.workingDays.count(p.horizonStart(), p.horizonStart() + p.horizon - 1));
    any(
        to,
        "working_days_last",
        "days",
        "Working days of the market in as many days up to the cutoff.",
        p -> p.workingDays.count(p.cutoff - p.horizon + 1, p.cutoff));
    any(
        to,
        "days_to_easter",
        "days",
        "Days from the start of the horizon to the next Easter Sunday.",
        p -> WorkingDays.daysToEaster(p.horizonStart()));
    any(
        to,
        "days_to_christmas",
        "days",
        "Days from the start of the horizon to the next Christmas Day.",
        p -> WorkingDays.daysToChristmas(p.horizonStart()));
  }

  private static double growth(double units, double before, double damping) {
    return (units + damping) / (before + damping);
  }
}
