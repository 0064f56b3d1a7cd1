package io.trendflow.serving;

/** A row about a product in a market. */
interface Keyed {
  String market();

  String productId();
}
