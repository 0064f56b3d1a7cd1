package io.trendflow.history;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a product stands in a market at a cutoff; the first that holds, in this order. */
public enum Lifecycle {
  /** No longer sold from the day after the cutoff. */
  DISCONTINUED,
  /** Not sold yet, and its launch is unknown or more than 28 days ahead. */
  UNRELEASED,
  /** Not sold yet, launched within the next 28 days. */
  LAUNCH,
  /** Not sold yet, though its launch day has come, up to 56 days ago. */
  DELAYED,
  /** No gross units in 84 days. */
  DORMANT,
  /** First sold fewer than 56 days ago. */
  NEW,
  /** Every other product. */
  ESTABLISHED;

  /** Labels of the lifecycles that get a score, in their order. */
  public static final List<String> SCORED =
      Stream.of(LAUNCH, DELAYED, NEW, ESTABLISHED).map(Lifecycle::label).toList();

  private static final int LAUNCH_AHEAD_DAYS = 28;
  private static final int DELAYED_DAYS = 56;
  private static final int NEW_DAYS = 56;

  /**
   * Returns the lifecycle of a product at the end of a cutoff day. Days are counted from
   * 1970-01-01.
   *
   * @param discontinued day from which the product is no longer sold; null if it is sold
   * @param firstSale first day of the first period with gross units; null before the first sale
   * @param launch launch day; null where unknown
   * @param recentGrossUnits gross units over {@link ProductState#recentDays}; NaN where unknown
   */
  public static Lifecycle of(
      int cutoff,
      @Nullable Integer discontinued,
      @Nullable Integer firstSale,
      @Nullable Integer launch,
      double recentGrossUnits) {
    if (discontinued != null && discontinued <= cutoff + 1) {
      return DISCONTINUED;
    }
    if (firstSale == null) {
      return beforeFirstSale(cutoff, launch);
    }
    if (recentGrossUnits == 0) {
      return DORMANT;
    }
    return launch != null && cutoff - firstSale < NEW_DAYS ? NEW : ESTABLISHED;
  }

  private static Lifecycle beforeFirstSale(int cutoff, @Nullable Integer launch) {
    if (launch == null || launch > cutoff + LAUNCH_AHEAD_DAYS) {
      return UNRELEASED;
    }
    if (launch > cutoff) {
      return LAUNCH;
    }
    return cutoff - launch <= DELAYED_DAYS ? DELAYED : DORMANT;
  }

  /** Returns the value of the tables' column {@code lifecycle}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
