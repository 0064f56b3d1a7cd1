package io.trendflow.history;

/**
 * Stock of a product at the end of a day, as one source reported it.
 *
 * @param day in days since 1970-01-01
 * @param availableAt when the level became known, in microseconds since 1970-01-01T00:00Z
 * @param onHand units that can be sold; NaN if the product is in stock and their number is unknown
 * @param cadenceDays days that the source may be silent; the stock in a longer silence is unknown
 */
public record StockLevel(String source, int day, long availableAt, double onHand, int cadenceDays) {

  boolean isOut() {
    return onHand <= 0;
  }
}
