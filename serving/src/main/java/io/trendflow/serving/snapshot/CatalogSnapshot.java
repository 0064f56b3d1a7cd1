package io.trendflow.serving.snapshot;

import io.trendflow.schemas.MarketNames;
import io.trendflow.serving.store.ByProduct;
import io.trendflow.serving.store.CatalogRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The catalogue as known at an instant: the latest entry of each product in each market. */
public final class CatalogSnapshot {
  private final ByProduct<CatalogRecord> entries = new ByProduct<>(CatalogRecord.class);
  private final Instant knownBy;
  private @Nullable CatalogRecord latest;

  CatalogSnapshot(Instant knownBy) {
    this.knownBy = knownBy;
  }

  /** Adds an entry. Entries must come in the order of product_id, market and available_at. */
  void add(CatalogRecord entry) {
    if (entry.availableAt().isAfter(knownBy)) {
      return;
    }
    if (latest != null && !same(latest, entry)) {
      entries.add(latest);
    }
    latest = entry;
  }

  /** Completes the catalogue after the last entry. */
  void end() {
    if (latest != null) {
      entries.add(latest);
      latest = null;
    }
    entries.end();
  }

  private static boolean same(CatalogRecord a, CatalogRecord b) {
    return a.productId().equals(b.productId()) && a.market().equals(b.market());
  }

  /**
   * Returns the later of the entry for the market and the entry for all markets; null if there is
   * neither.
   */
  public @Nullable CatalogRecord of(String productId, String market) {
    CatalogRecord own = entries.of(productId, market);
    CatalogRecord every = entries.of(productId, MarketNames.EVERY_MARKET);
    if (own == null || every == null) {
      return own == null ? every : own;
    }
    return every.availableAt().isAfter(own.availableAt()) ? every : own;
  }

  /** Returns the entries of a product, ordered by market. */
  public List<CatalogRecord> of(String productId) {
    return entries.of(productId);
  }
}
