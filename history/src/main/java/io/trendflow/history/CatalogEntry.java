package io.trendflow.history;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A product as the catalogue described it from an instant on.
 *
 * @param availableAt when it became known, in microseconds since 1970-01-01T00:00Z
 * @param launchDay first day on sale in days since 1970-01-01, null when unknown
 * @param discontinuedDay day from which it is no longer sold
 */
public record CatalogEntry(
    long availableAt,
    @Nullable String name,
    @Nullable String category,
    @Nullable String brand,
    double price,
    @Nullable String currency,
    @Nullable Integer launchDay,
    boolean launchCensored,
    @Nullable Integer discontinuedDay,
    List<String> keywords,
    Map<String, String> attributes) {

  /** What is known of a product that no catalogue describes. */
  public static final CatalogEntry NONE =
      new CatalogEntry(
          Long.MIN_VALUE,
          null,
          null,
          null,
          Double.NaN,
          null,
          null,
          false,
          null,
          List.of(),
          Map.of());

  /** The latest of the entries that were known at the instant; null when none was. */
  public static @Nullable CatalogEntry at(List<CatalogEntry> entries, long instant) {
    CatalogEntry latest = null;
    for (CatalogEntry entry : entries) {
      if (entry.availableAt() <= instant
          && (latest == null || entry.availableAt() >= latest.availableAt())) {
        latest = entry;
      }
    }
    return latest;
  }
}
