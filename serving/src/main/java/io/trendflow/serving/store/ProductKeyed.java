package io.trendflow.serving.store;

/** Row about a product in a market. */
public interface ProductKeyed {
  String market();

  String productId();
}
