package io.trendflow.model.order;

/** Source of the stock of products. */
@FunctionalInterface
public interface StockLookup {
  /** Lookup of a shop that tells no stock. */
  StockLookup NONE = (market, productId) -> StockPosition.UNKNOWN;

  /** Returns the latest known stock; {@link StockPosition#UNKNOWN} if there is none. */
  StockPosition of(String market, String productId);
}
