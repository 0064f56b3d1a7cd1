package io.trendflow.features;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * How common terms are among the products known at a cutoff, all markets together.
 *
 * @param products how many products there are
 * @param byTerm in how many of them a term is
 */
record TermCounts(long products, Map<String, Long> byTerm) implements Serializable {
  /**
   * From 0, which every product has, to 1, which no other has. The rarest term decides, since no
   * more products can have all of them. The root lets a term of half the catalogue say little
   * (0.3), and one of a hundredth almost all (0.9).
   */
  double rarity(Set<String> terms) {
    long having =
        terms.stream().mapToLong(term -> byTerm.getOrDefault(term, 1L)).min().orElse(products);
    return 1 - Math.sqrt((having - 1) / (double) products);
  }
}
