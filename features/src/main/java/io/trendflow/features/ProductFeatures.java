package io.trendflow.features;

import io.trendflow.history.ProductState;
import io.trendflow.schemas.FeatureFamily;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Features of a product's own sales and launch, one line per feature. */
final class ProductFeatures {
  static final String LOG_UNITS = "log(1 + units)";
  static final String LOG_ORDERS = "log(1 + orders)";
  static final String LOG_RATIO = "log ratio";

  /**
   * Feature and its computation; NaN is a missing value.
   *
   * @param needs table that the feature needs besides those that every shop has; null if none
   */
  record Feature(
      FeatureSpec spec, @Nullable OptionalInput needs, ToDoubleFunction<ProductState> value) {
    boolean isGiven(Set<OptionalInput> inputs) {
      return needs == null || inputs.contains(needs);
    }
  }

  /** Receiver of features of one family that need the same table. */
  record FeatureGroup(FeatureFamily family, @Nullable OptionalInput needs, List<Feature> features) {
    /** Returns a receiver of features of another family, which come after those so far. */
    FeatureGroup of(FeatureFamily other) {
      return new FeatureGroup(other, needs, features);
    }

    /** Returns a receiver of features that need a table. */
    FeatureGroup needing(OptionalInput table) {
      return new FeatureGroup(family, table, features);
    }
  }

  /** Longest window of {@link FeatureFamily#RECENT_SALES}, that of the baseline. */
  private static final int RECENT_DAYS = 84;

  static final List<Feature> NUMERIC = all();

  private ProductFeatures() {}

  /** Returns the positions in {@link #NUMERIC} of the features whose names are needed. */
  static int[] positions(Predicate<String> needed) {
    return IntStream.range(0, NUMERIC.size())
        .filter(position -> needed.test(NUMERIC.get(position).spec().name()))
        .toArray();
  }

  private static List<Feature> all() {
    FeatureGroup recent = new FeatureGroup(FeatureFamily.RECENT_SALES, null, new ArrayList<>());
    history(recent);
    momentum(recent);
    lastYear(recent.of(FeatureFamily.HISTORY));
    lifeAndPrice(recent.of(FeatureFamily.PRODUCT));
    calendar(recent.of(FeatureFamily.HISTORY));
    RobustFeatures.add(recent);
    SeasonFeatures.add(recent.of(FeatureFamily.HISTORY));
    PriceFeatures.add(recent.of(FeatureFamily.PRICE));
    StockFeatures.add(recent.needing(OptionalInput.STOCK));
    PlannedFeatures.add(recent.of(FeatureFamily.PRICE).needing(OptionalInput.CALENDAR));
    return List.copyOf(recent.features());
  }

  private static void history(FeatureGroup to) {
    for (int days : new int[] {7, 14, 28, 56, 84, 168, 364}) {
      sold(
          window(to, days),
          "units_" + days,
          LOG_UNITS,
          "Units of the last " + days + " days.",
          p -> log(p.units(days)));
    }
    sold(
        to,
        "units_29_56",
        LOG_UNITS,
        "Units of the days from 56 to 29 days ago.",
        p -> log(p.units(56, 28)));
    sold(
        to,
        "units_57_84",
        LOG_UNITS,
        "Units of the days from 84 to 57 days ago.",
        p -> log(p.units(84, 56)));
    for (int days : new int[] {7, 28, 56, 84, 168}) {
      sold(
          window(to, days),
          "orders_" + days,
          LOG_ORDERS,
          "Orders of the last " + days + " days, which a single bulk order moves less than units.",
          p -> log(p.orders(days, 0)));
    }
    for (int days : new int[] {28, 84}) {
      sold(
          to,
          "active_days_" + days,
          "log(1 + days)",
          "Periods with a sale in the last " + days + " days.",
          p -> log(p.activePeriods(days)));
    }
    sold(
        to,
        "mean_units_84",
        LOG_UNITS,
        "Mean daily units of the last 84 days on which the product was on sale, times the horizon: the baseline.",
        p -> log(p.meanUnits()));
    sold(
        to,
        "units_per_order_84",
        LOG_UNITS,
        "Mean units of an order in the last 84 days.",
        p -> log(p.units(84) / p.orders(84, 0)));
  }

  /** Returns the receiver of a feature of the last {@code days} days. */
  static FeatureGroup window(FeatureGroup to, int days) {
    return days > RECENT_DAYS ? to.of(FeatureFamily.HISTORY) : to;
  }

  private static void momentum(FeatureGroup to) {
    sold(
        to,
        "units_28_vs_84",
        LOG_RATIO,
        "Units of the last 28 days against a third of the last 84 days.",
        p -> ratio(p.units(28), p.units(84) / 3));
    sold(
        to,
        "units_7_vs_28",
        LOG_RATIO,
        "Units of the last 7 days against a quarter of the last 28 days.",
        p -> ratio(p.units(7), p.units(28) / 4));
    sold(
        to,
        "orders_14_vs_28",
        LOG_RATIO,
        "Orders of the last 14 days against the previous 14 days.",
        p -> ratio(p.orders(14, 0), p.orders(28, 14)));
    sold(
        to,
        "orders_28_vs_84",
        LOG_RATIO,
        "Orders of the last 28 days against a third of the last 84 days.",
        p -> ratio(p.orders(28, 0), p.orders(84, 0) / 3));
    sold(
        to,
        "orders_28_vs_56",
        LOG_RATIO,
        "Orders of the last 28 days against the previous 28 days.",
        p -> ratio(p.orders(28, 0), p.orders(56, 28)));
  }

  private static void lastYear(FeatureGroup to) {
    sold(
        to,
        "year_ago_units",
        LOG_UNITS,
        "Units of the horizon's days, a year (364 days) earlier.",
        p -> log(p.yearAgoUnits()));
    sold(
        to,
        "year_ago_last_units",
        LOG_UNITS,
        "Units of as many days as the horizon up to the cutoff, a year earlier.",
        p -> log(p.yearAgoLastUnits()));
    sold(
        to,
        "year_ago_orders",
        LOG_ORDERS,
        "Orders of the horizon's days, a year earlier.",
        p -> log(p.yearAgoOrders()));
    sold(
        to,
        "year_ago_last_orders",
        LOG_ORDERS,
        "Orders of as many days as the horizon up to the cutoff, a year earlier.",
        p -> log(p.yearAgoLastOrders()));
    sold(
        to,
        "year_ago_growth",
        LOG_RATIO,
        "Units of the horizon's days against as many days up to the cutoff, a year earlier.",
        p -> ratio(p.yearAgoUnits(), p.yearAgoLastUnits()));
    sold(
        to,
        "year_ago_orders_growth",
        LOG_RATIO,
        "Orders of the horizon's days against as many days up to the cutoff, a year earlier.",
        p -> ratio(p.yearAgoOrders(), p.yearAgoLastOrders()));
  }

  private static void lifeAndPrice(FeatureGroup to) {
    sold(
        to.of(FeatureFamily.RECENT_SALES),
        "days_since_last_sale",
        "days",
        "Days since the last period with a sale.",
        ProductState::daysSinceLastSale);
    sold(
        to,
        "days_since_first_sale",
        "days",
        "Days since the first known sale.",
        ProductState::daysSinceFirstSale);
    any(
        to,
        "days_to_launch",
        "days",
        "Days from the cutoff to the launch; negative after it.",
        p -> p.launch == null ? Double.NaN : p.launch - p.cutoff);
    FeatureGroup price = to.of(FeatureFamily.PRICE);
    any(
        price,
        "price",
        "currency",
        "Current price of a unit; the median of the category or market if it is unknown.",
        ProductState::currentPrice);
    sold(
        price,
        "price_28_vs_84",
        LOG_RATIO,
        "Mean price of the last 28 days against the last 84 days; negative in a promotion.",
        p -> Math.log(p.price(28) / p.price(84)));
  }

  private static void calendar(FeatureGroup to) {
    any(
        to,
        "season_sin",
        "sine",
        "Day of the year at the start of the horizon, as a sine.",
        p -> Math.sin(season(p)));
    any(
        to,
        "season_cos",
        "cosine",
        "Day of the year at the start of the horizon, as a cosine.",
        p -> Math.cos(season(p)));
    any(
        to,
        "season_day",
        "days",
        "Day of the year at the start of the horizon, which lets a tree split off any season.",
        p -> LocalDate.ofEpochDay(p.horizonStart()).getDayOfYear());
  }

  private static double season(ProductState product) {
    return 2 * Math.PI * LocalDate.ofEpochDay(product.horizonStart()).getDayOfYear() / 365.25;
  }

  /** Adds a feature that is missing, not zero, for a product that was never sold. */
  static void sold(
      FeatureGroup to, String name, String unit, String text, ToDoubleFunction<ProductState> f) {
    any(to, name, unit, text, p -> p.neverSold() ? Double.NaN : f.applyAsDouble(p));
  }

  static void any(
      FeatureGroup to, String name, String unit, String text, ToDoubleFunction<ProductState> f) {
    to.features()
        .add(new Feature(FeatureSpec.numeric(name, to.family(), unit, text), to.needs(), f));
  }

  static double log(double value) {
    return Math.log1p(value);
  }

  /** Returns the log of a ratio of counts; 1 is added to both, which damps small counts. */
  static double ratio(double above, double below) {
    return Math.log((1 + above) / (1 + below));
  }
}
