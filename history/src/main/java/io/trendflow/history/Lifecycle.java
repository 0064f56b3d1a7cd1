package io.trendflow.history;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lifecycle state of a product in a market at a cutoff: the first state that applies, in this
 * order.
 */
public enum Lifecycle {
  /** Not sold any more from the day after the cutoff or earlier. */
  DISCONTINUED,
  /** Not sold yet, and its launch is unknown or more than 28 days ahead. */
  UNRELEASED,
  /** Not sold yet, and its launch is within the next 28 days. */
  LAUNCH,
  /** Not sold yet, although its launch day was at most 56 days ago. */
  DELAYED,
  /** No gross units in the last 84 days, or still unsold more than 56 days after its launch. */
  DORMANT,
  /** First sold fewer than 56 days ago, with a known launch. */
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
   * Returns the lifecycle of a product. Days are counted from 1970-01-01.
   *
   * @param discontinued day from which the product is not sold any more; null if none is known
   * @param firstSale first day of the first period with a sale; null before it
   * @param launch null if unknown
   * @param recentGrossUnits gross units of the {@link ProductState#recentDays}; NaN where unknown
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

  /** Returns the value in the tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
