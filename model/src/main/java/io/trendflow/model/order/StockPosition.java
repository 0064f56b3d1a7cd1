package io.trendflow.model.order;

/**
 * Units of a product that need not be ordered.
 *
 * @param onHand units in stock
 * @param onOrder units that were ordered and have not arrived
 */
public record StockPosition(double onHand, double onOrder) {
  /** Days after which a reported stock no longer counts. */
  public static final int CURRENT_DAYS = 28;

  /** Position of a product whose stock is unknown: an order then covers the whole demand. */
  public static final StockPosition UNKNOWN = new StockPosition(0, 0);

  public StockPosition {
    if (!(onHand >= 0 && onOrder >= 0)) {
      throw new IllegalArgumentException(
          "the stock is %s on hand and %s on order: neither can be negative"
              .formatted(onHand, onOrder));
    }
  }

  /** Returns the position of two stocks together. */
  public StockPosition plus(StockPosition other) {
    return new StockPosition(onHand + other.onHand, onOrder + other.onOrder);
  }

  /** Returns the units on hand and on order. */
  public double units() {
    return onHand + onOrder;
  }
}
