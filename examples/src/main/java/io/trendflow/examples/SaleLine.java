package io.trendflow.examples;

/**
 * A line of an order, or of a return where quantity is negative.
 *
 * @param day in days since 1970-01-01, the market's local day
 */
record SaleLine(long day, ShopMarket market, ProductPlan product, int quantity, double unitPrice) {
  boolean isReturn() {
    return quantity < 0;
  }
}
