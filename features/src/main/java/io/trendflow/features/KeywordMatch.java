package io.trendflow.features;

import java.util.Comparator;

/**
 * A keyword that belongs to a product.
 *
 * @param confidence how sure that is, in (0, 1]
 * @param matchedBy reviewed, declared, name, brand, category, or combined of several of the last
 *     three
 */
record KeywordMatch(String keyword, double confidence, String matchedBy) {
  static final Comparator<KeywordMatch> BEST_FIRST =
      Comparator.comparing(KeywordMatch::confidence)
          .reversed()
          .thenComparing(KeywordMatch::keyword);
}
