package io.trendflow.features;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a product stands in a market at a cutoff; the first that holds, in this order. */
enum Lifecycle {
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

  /** Days without a sale that make a product dormant. */
  static final int DORMANT_DAYS = 84;

  private static final int LAUNCH_AHEAD_DAYS = 28;
  private static final int DELAYED_DAYS = 56;
  private static final int NEW_DAYS = 56;

  /**
   * Days are counted from 1970-01-01.
   *
   * @param launch null where unknown
   * @param recentGrossUnits gross units of the last {@link #DORMANT_DAYS} days
   */
  static Lifecycle of(
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

  /** As it stands in the tables. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
