package io.trendflow.serving;

/** Columns of {@code features.product_keywords}: a trend series that belongs to a product. */
record ProductKeyword(
    String market,
    String productId,
    String source,
    String keyword,
    String geo,
    double confidence,
    String matchedBy) {

  /** Whether a series is the one that belongs to the product. */
  boolean names(Signal.Series series) {
    return source.equals(series.source())
        && keyword.equals(series.keyword())
        && geo.equals(series.geo());
  }
}
