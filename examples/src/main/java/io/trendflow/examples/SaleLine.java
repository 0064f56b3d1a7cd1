package io.trendflow.examples;

/**
 * Line of an order, or of a return if the quantity is negative.
 *
 * @param day local day of the market, in days since 1970-01-01
 */
record SaleLine(long day, ShopMarket market, ProductPlan product, int quantity, double unitPrice) {
  boolean isReturn() {
    return quantity < 0;
  }
}
