package io.trendflow.serving;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The catalogue as it was known at an instant: of each product in a market its latest entry. */
final class Catalogue {
  private final ByProduct<CatalogEntry> entries = new ByProduct<>(CatalogEntry.class);
  private final Instant knownBy;
  private @Nullable CatalogEntry latest;

  Catalogue(Instant knownBy) {
    this.knownBy = knownBy;
  }

  /** Takes the next entry in the order of product_id, market and available_at. */
  void add(CatalogEntry entry) {
    if (entry.availableAt().isAfter(knownBy)) {
      return;
    }
    if (latest != null && !same(latest, entry)) {
      entries.add(latest);
    }
    latest = entry;
  }

  /** After the last entry. */
  void end() {
    if (latest != null) {
      entries.add(latest);
      latest = null;
    }
    entries.end();
  }

  private static boolean same(CatalogEntry a, CatalogEntry b) {
    return a.productId().equals(b.productId()) && a.market().equals(b.market());
  }

  /** The later of the market's own entry and the one for every market; null without. */
  @Nullable CatalogEntry of(String productId, String market) {
    CatalogEntry own = entries.of(productId, market);
    CatalogEntry every = entries.of(productId, CatalogEntry.EVERY_MARKET);
    if (own == null || every == null) {
      return own == null ? every : own;
    }
    return every.availableAt().isAfter(own.availableAt()) ? every : own;
  }

  /** The entries of a product, by market. */
  List<CatalogEntry> of(String productId) {
    return entries.of(productId);
  }
}
