package io.trendflow.serving.store;

/** Columns of {@code features.product_keywords}: a trend series that belongs to a product. */
public record ProductKeyword(
    String market,
    String productId,
    String source,
    String keyword,
    String geo,
    double confidence,
    String matchedBy) {

  /** Returns whether a series is the one that belongs to the product. */
  public boolean names(SignalRecord.Series series) {
    return source.equals(series.source())
        && keyword.equals(series.keyword())
        && geo.equals(series.geo());
  }
}
