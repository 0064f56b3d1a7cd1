package io.trendflow.serving.store;

/** A row about a product in a market. */
public interface ProductKeyed {
  String market();

  String productId();
}
