package io.trendflow.features;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * State of a product in a market as known at the end of a cutoff day. Days are counted from
 * 1970-01-01. Windows end at the latest day of sales known by then, which is the cutoff itself
 * unless the data is late.
 */
final class ProductState {
  /** One year in whole weeks: the same weekdays are compared. */
  private static final int YEAR = 364;

  private static final int LAUNCH_KNOWN_AFTER_DAYS = 84;

  final int cutoff;
  final int horizon;
  final KnownSales sales;
  final CatalogEntry entry;
  final @Nullable Integer firstSale;
  final @Nullable Integer launch;
  final Lifecycle lifecycle;
  private final int lastDay;
  private final int firstDay;

  ProductState(int horizon, KnownSales sales, CatalogEntry entry, KnownDays days) {
    this.cutoff = days.cutoff();
    this.horizon = horizon;
    this.sales = sales;
    this.entry = entry;
    this.lastDay = Math.min(cutoff, Objects.requireNonNullElse(days.watermark(), cutoff));
    this.firstDay = days.firstDay().orElse(cutoff + 1);
    SalesRow first = sales.firstSale();
    this.firstSale = first == null ? null : first.day();
    this.launch = launch(entry, first, days);
    this.lifecycle =
        Lifecycle.of(
            cutoff, entry.discontinuedDay(), firstSale, launch, grossUnits(Lifecycle.DORMANT_DAYS));
  }

  /**
   * Returns the catalogue's launch day, otherwise the first sale's day. The result is null if sales
   * begin too shortly before the first sale to tell.
   */
  private static @Nullable Integer launch(
      CatalogEntry entry, @Nullable SalesRow first, KnownDays days) {
    if (entry.launchDay() != null || entry.launchCensored() || first == null) {
      return entry.launchDay();
    }
    int sourceBegins = days.firstDay(first.source()).orElseThrow();
    return first.day() < sourceBegins + LAUNCH_KNOWN_AFTER_DAYS ? null : first.day();
  }

  /** Returns whether the product has no sales history of its own. */
  boolean neverSold() {
    return firstSale == null;
  }

  /**
   * Returns the first day of the horizon: the day after the cutoff, or the launch day if it is
   * later.
   */
  int horizonStart() {
    return lifecycle == Lifecycle.LAUNCH && launch != null ? launch : cutoff + 1;
  }

  /** Returns the units of the last {@code days} days. */
  double units(int days) {
    return units(days, 0);
  }

  /**
   * Returns the units of the days that are at least {@code to} and fewer than {@code from} days
   * ago.
   */
  double units(int from, int to) {
    return sales.units(lastDay - from + 1, lastDay - to);
  }

  double grossUnits(int days) {
    return sales.grossUnits(lastDay - days + 1, lastDay);
  }

  double orders(int from, int to) {
    return sales.orders(lastDay - from + 1, lastDay - to);
  }

  double activePeriods(int days) {
    return sales.activePeriods(lastDay - days + 1, lastDay);
  }

  /** Returns the mean gross price of a unit over the last {@code days} days; NaN if unknown. */
  double price(int days) {
    return sales.price(lastDay - days + 1, lastDay);
  }

  /**
   * Returns the current price of a unit: the mean of 28 days, otherwise of 84 days, otherwise the
   * catalogue's price; NaN if none is known.
   */
  double currentPrice() {
    double price = Double.isNaN(price(28)) ? price(84) : price(28);
    return Double.isNaN(price) ? entry.price() : price;
  }

  /**
   * Returns the units of the horizon's days a year earlier; NaN if sales do not reach back so far.
   */
  double yearAgoUnits() {
    return lastYear(horizonStart(), horizonStart() + horizon - 1);
  }

  /**
   * Returns the units of as many days as the horizon up to the cutoff, a year earlier; NaN if sales
   * do not reach back so far.
   */
  double yearAgoLastUnits() {
    return lastYear(lastDay - horizon + 1, lastDay);
  }

  double yearAgoOrders() {
    int from = horizonStart() - YEAR;
    return from < firstDay ? Double.NaN : sales.orders(from, from + horizon - 1);
  }

  double yearAgoLastOrders() {
    int from = lastDay - horizon + 1 - YEAR;
    return from < firstDay ? Double.NaN : sales.orders(from, lastDay - YEAR);
  }

  private double lastYear(int from, int to) {
    return from - YEAR < firstDay ? Double.NaN : sales.units(from - YEAR, to - YEAR);
  }

  /**
   * Returns the units of the first {@code horizon} days on sale; NaN unless all of them are known.
   */
  double launchUnits() {
    if (launch == null || launch < firstDay || launch + horizon - 1 > lastDay) {
      return Double.NaN;
    }
    return sales.units(launch, launch + horizon - 1);
  }

  /**
   * Returns the mean daily units of the last 84 days on which the product was on sale, multiplied
   * by the horizon. Days in a hole are left out; the result is NaN if fewer than 28 days remain.
   */
  double meanUnits() {
    if (firstSale == null) {
      return Double.NaN;
    }
    int from = lastDay - 84 + 1;
    int daysOnSale = Math.max(28, Math.min(84, lastDay - firstSale + 1));
    int unknown = sales.unknownDays(Math.max(from, firstSale), lastDay);
    if (unknown > 0 && daysOnSale - unknown < 28) {
      return Double.NaN;
    }
    return sales.knownUnits(from, lastDay) / (daysOnSale - unknown) * horizon;
  }

  double[] weeklyUnits(int weeks) {
    return sales.weeklyUnits(lastDay, weeks);
  }

  /** Returns the days since the last sale; NaN before the first sale. */
  double daysSinceLastSale() {
    var last = sales.lastSaleDay();
    return last.isPresent() ? cutoff - last.getAsInt() : Double.NaN;
  }

  /** Returns the days since the first sale; NaN before the first sale. */
  double daysSinceFirstSale() {
    return firstSale == null ? Double.NaN : cutoff - firstSale;
  }
}
