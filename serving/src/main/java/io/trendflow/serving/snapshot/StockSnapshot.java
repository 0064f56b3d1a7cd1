package io.trendflow.serving.snapshot;

import io.trendflow.model.order.StockPosition;
import io.trendflow.schemas.MarketNames;
import io.trendflow.serving.store.ByProduct;
import io.trendflow.serving.store.ProductKeyed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The stock as known at an instant: of each product and market the latest day of each source, the
 * sources added up.
 */
public final class StockSnapshot {
  private final ByProduct<ProductStock> stocks = new ByProduct<>(ProductStock.class);
  private final Instant knownBy;
  private @Nullable StockRecord latest;
  private @Nullable ProductStock sum;

  /** Stock of a product in a market, of all sources. */
  public record ProductStock(String market, String productId, double onHand, double onOrder)
      implements ProductKeyed {
    private ProductStock plus(StockRecord more) {
      return new ProductStock(
          market, productId, onHand + units(more.onHand()), onOrder + units(more.onOrder()));
    }

    private StockPosition position() {
      return new StockPosition(onHand, onOrder);
    }
  }

  StockSnapshot(Instant knownBy) {
    this.knownBy = knownBy;
  }

  /**
   * Adds a row. Rows must come in the order of product_id, market, source, stock_date and
   * available_at.
   */
  void add(StockRecord row) {
    if (row.availableAt().isAfter(knownBy)) {
      return;
    }
    StockRecord before = latest;
    if (before != null && !(same(before, row) && before.source().equals(row.source()))) {
      flush(before);
      if (!same(before, row)) {
        flush();
      }
    }
    latest = row;
  }

  /** Completes the stock after the last row. */
  void end() {
    if (latest != null) {
      flush(latest);
      flush();
      latest = null;
    }
    stocks.end();
  }

  private void flush(StockRecord row) {
    ProductStock before = sum == null ? new ProductStock(row.market(), row.productId(), 0, 0) : sum;
    sum = before.plus(row);
  }

  private void flush() {
    if (sum != null) {
      stocks.add(sum);
      sum = null;
    }
  }

  private static boolean same(StockRecord a, StockRecord b) {
    return a.productId().equals(b.productId()) && a.market().equals(b.market());
  }

  private static double units(@Nullable Double units) {
    return units == null ? 0 : units;
  }

  /**
   * Returns the stock of the market and the stock that all markets share, which counts in full for
   * each of them; {@link StockPosition#UNKNOWN} if there is none.
   */
  public StockPosition of(String market, String productId) {
    return position(market, productId).plus(position(MarketNames.EVERY_MARKET, productId));
  }

  private StockPosition position(String market, String productId) {
    ProductStock stock = stocks.of(productId, market);
    return stock == null ? StockPosition.UNKNOWN : stock.position();
  }
}
