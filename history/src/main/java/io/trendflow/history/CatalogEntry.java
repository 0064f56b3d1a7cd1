package io.trendflow.history;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Catalogue entry of a product, valid from an instant on.
 *
 * @param availableAt when the entry became known, in microseconds since 1970-01-01T00:00Z
 * @param launchDay first day on sale in days since 1970-01-01; null if unknown
 * @param discontinuedDay day from which the product is not sold any more; null if none is known
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

  /** Entry of a product that no catalogue describes. */
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

  /** Returns the latest entry known at the instant, or null. */
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
