package io.trendflow.model.order;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Units of a product that need not be ordered.
 *
 * @param onHand units in stock
 * @param onOrder units that were ordered and have not arrived
 * @param nextArrival day of the next arrival; null if unknown
 */
public record StockPosition(double onHand, double onOrder, @Nullable LocalDate nextArrival) {
  /** Position of a product whose stock is unknown: an order then covers the whole demand. */
  public static final StockPosition UNKNOWN = new StockPosition(0, 0, null);

  public StockPosition {
    if (!(onHand >= 0 && onOrder >= 0)) {
      throw new IllegalArgumentException(
          "the stock is %s on hand and %s on order: neither can be negative"
              .formatted(onHand, onOrder));
    }
  }

  /** Returns the units on hand and on order. */
  double units() {
    return onHand + onOrder;
  }
}
