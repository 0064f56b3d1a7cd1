package io.trendflow.serving.snapshot;

import io.trendflow.serving.store.CatalogRecord;
import io.trendflow.serving.store.SoldDays;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a product without a score stands, by the definition in docs/architecture.md. The jobs write
 * the lifecycle of what they score only.
 */
public final class UnscoredLifecycle {
  /** Those that are scored, whether or not a run has rows of each. */
  public static final List<String> SCORED = List.of("launch", "delayed", "new", "established");

  private static final int LAUNCH_AHEAD_DAYS = 28;
  private static final int DELAYED_DAYS = 56;
  private static final int DORMANT_DAYS = 84;
  private static final int NEW_DAYS = 56;

  private UnscoredLifecycle() {}

  /**
   * The first that holds.
   *
   * @param lastKnownDay the latest complete day of sales at the cutoff
   * @param entry null for a product that is not in the catalogue
   * @param sold null for a product that was never sold
   */
  public static String of(
      LocalDate cutoff,
      LocalDate lastKnownDay,
      @Nullable CatalogRecord entry,
      @Nullable SoldDays sold) {
    LocalDate launch = entry == null ? null : entry.launchDate();
    LocalDate discontinued = entry == null ? null : entry.discontinuedOn();
    if (discontinued != null && !discontinued.isAfter(cutoff.plusDays(1))) {
      return "discontinued";
    }
    if (sold == null) {
      return beforeFirstSale(cutoff, launch);
    }
    if (!sold.lastSale().isAfter(lastKnownDay.minusDays(DORMANT_DAYS))) {
      return "dormant";
    }
    return launch != null && sold.firstSale().isAfter(cutoff.minusDays(NEW_DAYS))
        ? "new"
        : "established";
  }

  private static String beforeFirstSale(LocalDate cutoff, @Nullable LocalDate launch) {
    if (launch == null || launch.isAfter(cutoff.plusDays(LAUNCH_AHEAD_DAYS))) {
      return "unreleased";
    }
    if (launch.isAfter(cutoff)) {
      return "launch";
    }
    return launch.isBefore(cutoff.minusDays(DELAYED_DAYS)) ? "dormant" : "delayed";
  }
}
