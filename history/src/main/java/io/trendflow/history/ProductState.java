package io.trendflow.history;

import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
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

  /** Days on either side of a horizon by which a season may shift from year to year. */
  private static final int AROUND_DAYS = 14;

  /** Usual gaps between two days with a sale after which a silence is unusual. */
  private static final double UNUSUAL_GAPS = 4;

  /** Fewest days on sale over which a baseline is a mean. */
  private static final int LEAST_DAYS = 28;

  public final int cutoff;
  public final int horizon;
  public final KnownSales sales;
  public final CatalogEntry entry;
  final @Nullable Integer firstSale;
  public final @Nullable Integer launch;
  public final Lifecycle lifecycle;
  public final WorkingDays workingDays;
  private final List<PlannedEvent> events;
  private final long instant;
  private final int lastDay;
  private final int firstDay;
  private @Nullable BulkDamping damping;
  private @Nullable HorizonPlan plan;

  /**
   * Creates a state.
   *
   * @param horizon length of the horizon, in days
   * @param sales sales known at the end of the cutoff
   * @param entry catalogue entry known at the end of the cutoff
   * @param days coverage of the sales data as known at the end of the cutoff
   * @param workingDays working days of the market
   * @param events planned events of the product, whenever they became known
   */
  public ProductState(
      int horizon,
      KnownSales sales,
      CatalogEntry entry,
      KnownDays days,
      WorkingDays workingDays,
      List<PlannedEvent> events) {
    this.cutoff = days.cutoff();
    this.instant = days.instant();
    this.workingDays = workingDays;
    this.events = events;
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
            sales.soldUnits(recentDays(lastDay).first(), lastDay));
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

  /** Returns the units of the last {@code days} days, before returns. */
  public double grossUnits(int days) {
    return grossUnits(days, 0);
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
    return yearEarlier(horizonStart(), horizonStart() + horizon - 1, sales::units);
  }

  /**
   * Returns the units of as many days as the horizon up to the cutoff, a year earlier; NaN if sales
   * do not reach back so far.
   */
  public double yearAgoLastUnits() {
    return yearEarlier(lastDay - horizon + 1, lastDay, sales::units);
  }

  public double yearAgoOrders() {
    return yearEarlier(horizonStart(), horizonStart() + horizon - 1, sales::orders);
  }

  public double yearAgoLastOrders() {
    return yearEarlier(lastDay - horizon + 1, lastDay, sales::orders);
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

  /** Returns the units of each week of the days of {@link #launchUnits}; NaN as they are. */
  public double[] launchWeeks() {
    return Double.isNaN(launchUnits()) || launch == null
        ? new double[] {Double.NaN}
        : weeks().sums(launch, sales::units);
  }

  /**
   * Returns the mean daily units of the last 84 days on which the product was on sale, multiplied
   * by the horizon. Days in a hole or out of stock are left out; the result is NaN if fewer than 28
   * days remain.
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

  /** Returns the sales with bulk days damped. */
  private BulkDamping damping() {
    if (damping == null) {
      damping = new BulkDamping(sales, lastDay);
    }
    return damping;
  }

  /** Returns the gross units of a typical day with a sale (see {@link BulkDamping}). */
  public double typicalDayUnits() {
    return damping().typicalUnits();
  }

  /** Returns the gross units of the last {@code days} days, bulk days capped. */
  public double cappedUnits(int days) {
    return damping().cappedUnits(lastDay - days + 1, lastDay);
  }

  /** Returns the sum over the last {@code days} days of log(1 + gross units of the day). */
  public double dayLogUnits(int days) {
    return damping().logUnits(lastDay - days + 1, lastDay);
  }

  /** Returns the share of the largest day in the gross units of the last {@code days} days. */
  public double largestDayShare(int days) {
    return damping().largestShare(lastDay - days + 1, lastDay);
  }

  /** Returns the gross units of the last day with a sale among the last 168 days. */
  public double lastSaleUnits() {
    return damping().lastUnits(lastDay - 2 * RECENT_DAYS + 1, lastDay);
  }

  /** Returns the gross units of the horizon's days a year earlier, bulk days capped. */
  public double yearAgoCappedUnits() {
    return yearEarlier(horizonStart(), horizonStart() + horizon - 1, damping()::cappedUnits);
  }

  /**
   * Returns the capped gross units of each week of the horizon, a year earlier; NaN if sales do not
   * reach back so far.
   */
  public double[] yearAgoCappedWeeks() {
    return weeks()
        .sums(horizonStart(), (from, to) -> yearEarlier(from, to, damping()::cappedUnits));
  }

  /** Returns the capped gross units of the days up to the cutoff, a year earlier. */
  public double yearAgoLastCappedUnits() {
    return yearEarlier(lastDay - horizon + 1, lastDay, damping()::cappedUnits);
  }

  /** Returns the sum of log(1 + gross units) of the horizon's days a year earlier. */
  public double yearAgoDayLogUnits() {
    return yearEarlier(horizonStart(), horizonStart() + horizon - 1, damping()::logUnits);
  }

  /** Returns the units of the horizon and of 14 days on either side, a year earlier. */
  public double yearAgoUnitsAround() {
    return yearEarlier(
        horizonStart() - AROUND_DAYS, horizonStart() + horizon - 1 + AROUND_DAYS, sales::units);
  }

  /** Returns the orders of the horizon and of 14 days on either side, a year earlier. */
  public double yearAgoOrdersAround() {
    return yearEarlier(
        horizonStart() - AROUND_DAYS, horizonStart() + horizon - 1 + AROUND_DAYS, sales::orders);
  }

  /** Returns the units of the 84 days up to the cutoff, a year earlier. */
  public double yearAgoRecentUnits() {
    return yearEarlier(lastDay - RECENT_DAYS + 1, lastDay, sales::units);
  }

  /** Returns the orders of the 84 days up to the cutoff, a year earlier. */
  public double yearAgoRecentOrders() {
    return yearEarlier(lastDay - RECENT_DAYS + 1, lastDay, sales::orders);
  }

  private double yearEarlier(int from, int to, HorizonWeeks.RangeSum sum) {
    return from - YEAR < firstDay ? Double.NaN : sum.of(from - YEAR, to - YEAR);
  }

  /** Returns a sum over the sold lines of the last {@code days} days; NaN for totals. */
  public double lines(int days, ToDoubleFunction<LineSums> value) {
    return sales.lines(lastDay - days + 1, lastDay, value);
  }

  /**
   * Returns the median price of a unit over 28 days that ended {@code ago} days before the latest
   * known day; NaN if unknown.
   */
  public double medianPrice(int ago) {
    return sales.medianPrice(lastDay - ago - LEAST_DAYS + 1, lastDay - ago);
  }

  /** Returns the highest {@link #medianPrice} of the last 168 days; NaN if none is known. */
  public double highestPrice() {
    return IntStream.range(0, 2 * RECENT_DAYS / LEAST_DAYS)
        .mapToDouble(month -> medianPrice(month * LEAST_DAYS))
        .filter(price -> !Double.isNaN(price))
        .max()
        .orElse(Double.NaN);
  }

  /**
   * Returns the units of the best of the last thirteen times 28 days, against their mean; 1 is
   * added to both.
   */
  public double peakRatio() {
    double best =
        IntStream.range(0, YEAR / LEAST_DAYS)
            .mapToDouble(month -> units((month + 1) * LEAST_DAYS, month * LEAST_DAYS))
            .max()
            .orElseThrow();
    return (1 + best) / (1 + units(YEAR) * LEAST_DAYS / YEAR);
  }

  /** Returns the usual number of periods with a sale in a day, over the last 168 days on sale. */
  public double usualRate() {
    int days = 2 * RECENT_DAYS;
    double age = firstSale == null ? Double.NaN : lastDay - firstSale + 1;
    return activePeriods(days) / Math.max(LEAST_DAYS, Math.min(days, age));
  }

  /** Returns the number of the last {@code weeks} weeks without a unit sold. */
  public double weeksWithoutSale(int weeks) {
    return IntStream.range(0, weeks)
        .filter(week -> grossUnits((week + 1) * 7, week * 7) == 0)
        .count();
  }

  private double grossUnits(int from, int to) {
    return sales.grossUnits(lastDay - from + 1, lastDay - to);
  }

  /** Returns the most days in a row without a sale among the last 84 days. */
  public double longestGap() {
    int from = lastDay - RECENT_DAYS + 1;
    int longest = 0;
    int next = from;
    for (SalesRow row : sales.inside(from, lastDay)) {
      if (row.grossUnits() > 0) {
        longest = Math.max(longest, row.day() - next);
        next = row.lastDay() + 1;
      }
    }
    return Math.max(longest, lastDay + 1 - next);
  }

  /** Returns the days out of stock among the last {@code days} days; NaN if no stock is known. */
  public double daysOut(int days) {
    return sales.isStockKnown() ? sales.daysOut(lastDay - days + 1, lastDay) : Double.NaN;
  }

  /** Returns the units on hand; NaN if they are not known. */
  public double onHand() {
    return sales.stock().onHand(cutoff);
  }

  /**
   * Returns whether a product of which no stock is known has not been sold for more than four times
   * its usual gap between two days with a sale, so that it may be out of stock.
   */
  public boolean isSilent() {
    var last = sales.lastSaleDay();
    return last.isPresent()
        && !sales.isStockKnown()
        && (lastDay - last.getAsInt()) * usualRate() > UNUSUAL_GAPS;
  }

  /** Returns the days of each week of the horizon for which a promotion is planned. */
  public double[] promotedDaysByWeek() {
    return events.isEmpty() ? new double[weeks().count()] : plan().promotedDaysByWeek();
  }

  /**
   * Returns what is known to be planned for the horizon. The list price is the catalogue's, or the
   * highest of the last 168 days if it has none.
   */
  public HorizonPlan plan() {
    if (plan == null) {
      plan =
          new HorizonPlan(
              horizonStart(),
              horizon,
              Double.isNaN(entry.price()) ? highestPrice() : entry.price(),
              currentPrice(),
              events.stream().filter(event -> event.isKnown(instant)).toList());
    }
    return plan;
  }

  private HorizonWeeks weeks() {
    return new HorizonWeeks(horizon);
  }
}
