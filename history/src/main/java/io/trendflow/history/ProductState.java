package io.trendflow.history;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * State of a product in a market as known at the end of a cutoff day. Days are counted from
 * 1970-01-01. Windows end at the latest day of sales known by then, which is the cutoff itself
 * unless the data is late.
 */
public final class ProductState {
  /** One year in whole weeks: the same weekdays are compared. */
  private static final int YEAR = 364;

  /** Days that count as recent: for the baseline, the price, dormancy and unknown launches. */
  private static final int RECENT_DAYS = 84;

  /** Fewest days on sale over which a baseline is a mean. */
  private static final int LEAST_DAYS = 28;

  public final int cutoff;
  public final int horizon;
  public final KnownSales sales;
  public final CatalogEntry entry;
  final @Nullable Integer firstSale;
  public final @Nullable Integer launch;
  public final Lifecycle lifecycle;
  private final int lastDay;
  private final int firstDay;

  public ProductState(int horizon, KnownSales sales, CatalogEntry entry, KnownDays days) {
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
            cutoff,
            entry.discontinuedDay(),
            firstSale,
            launch,
            sales.grossUnits(recentDays(lastDay).first(), lastDay));
  }

  /** Returns the days that count as recent, up to the latest known day of sales. */
  public static DayRange recentDays(int lastDay) {
    return new DayRange(lastDay - RECENT_DAYS + 1, lastDay);
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
    return first.day() < sourceBegins + RECENT_DAYS ? null : first.day();
  }

  /** Returns whether the product has no sales history of its own. */
  public boolean neverSold() {
    return firstSale == null;
  }

  /**
   * Returns the first day of the horizon: the day after the cutoff, or the launch day if it is
   * later.
   */
  public int horizonStart() {
    return lifecycle == Lifecycle.LAUNCH && launch != null ? launch : cutoff + 1;
  }

  /** Returns the units of the last {@code days} days. */
  public double units(int days) {
    return units(days, 0);
  }

  /**
   * Returns the units of the days that are at least {@code to} and fewer than {@code from} days
   * ago.
   */
  public double units(int from, int to) {
    return sales.units(lastDay - from + 1, lastDay - to);
  }

  double grossUnits(int days) {
    return sales.grossUnits(lastDay - days + 1, lastDay);
  }

  public double orders(int from, int to) {
    return sales.orders(lastDay - from + 1, lastDay - to);
  }

  public double activePeriods(int days) {
    return sales.activePeriods(lastDay - days + 1, lastDay);
  }

  /** Returns the mean gross price of a unit over the last {@code days} days; NaN if unknown. */
  public double price(int days) {
    return sales.price(lastDay - days + 1, lastDay);
  }

  /**
   * Returns the current price of a unit: the mean of 28 days, otherwise of 84 days, otherwise the
   * catalogue's price; NaN if none is known.
   */
  public double currentPrice() {
    double price = Double.isNaN(price(28)) ? price(RECENT_DAYS) : price(28);
    return Double.isNaN(price) ? entry.price() : price;
  }

  /**
   * Returns the units of the horizon's days a year earlier; NaN if sales do not reach back so far.
   */
  public double yearAgoUnits() {
    return lastYear(horizonStart(), horizonStart() + horizon - 1);
  }

  /**
   * Returns the units of as many days as the horizon up to the cutoff, a year earlier; NaN if sales
   * do not reach back so far.
   */
  public double yearAgoLastUnits() {
    return lastYear(lastDay - horizon + 1, lastDay);
  }

  public double yearAgoOrders() {
    int from = horizonStart() - YEAR;
    return from < firstDay ? Double.NaN : sales.orders(from, from + horizon - 1);
  }

  public double yearAgoLastOrders() {
    int from = lastDay - horizon + 1 - YEAR;
    return from < firstDay ? Double.NaN : sales.orders(from, lastDay - YEAR);
  }

  private double lastYear(int from, int to) {
    return from - YEAR < firstDay ? Double.NaN : sales.units(from - YEAR, to - YEAR);
  }

  /**
   * Returns the units of the first {@code horizon} days on sale; NaN unless all of them are known.
   */
  public double launchUnits() {
    if (launch == null || launch < firstDay || launch + horizon - 1 > lastDay) {
      return Double.NaN;
    }
    return sales.units(launch, launch + horizon - 1);
  }

  /**
   * Returns the mean daily units of the last 84 days on which the product was on sale, multiplied
   * by the horizon. Days in a hole are left out; the result is NaN if fewer than 28 days remain.
   */
  public double meanUnits() {
    if (firstSale == null) {
      return Double.NaN;
    }
    int from = recentDays(lastDay).first();
    int daysOnSale = Math.max(LEAST_DAYS, Math.min(RECENT_DAYS, lastDay - firstSale + 1));
    int unknown = sales.unknownDays(Math.max(from, firstSale), lastDay);
    if (unknown > 0 && daysOnSale - unknown < LEAST_DAYS) {
      return Double.NaN;
    }
    return sales.knownUnits(from, lastDay) / (daysOnSale - unknown) * horizon;
  }

  public double[] weeklyUnits(int weeks) {
    return sales.weeklyUnits(lastDay, weeks);
  }

  /** Returns the days since the last sale; NaN before the first sale. */
  public double daysSinceLastSale() {
    var last = sales.lastSaleDay();
    return last.isPresent() ? cutoff - last.getAsInt() : Double.NaN;
  }

  /** Returns the days since the first sale; NaN before the first sale. */
  public double daysSinceFirstSale() {
    return firstSale == null ? Double.NaN : cutoff - firstSale;
  }
}
