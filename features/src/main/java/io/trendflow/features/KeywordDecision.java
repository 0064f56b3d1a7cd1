package io.trendflow.features;

import java.io.Serializable;
import java.util.List;

/**
 * Decision of a person on a keyword of a product. The decision is valid at every cutoff, because it
 * is about the product and not about its sales.
 *
 * @param market name of the market, or {@code all} for every market
 * @param keyword keyword in any spelling, stored in lower case without accents and punctuation;
 *     number and order of the words count, unlike in the comparison of a keyword with a name
 * @param belongs whether the keyword's trends are about the product
 */
public record KeywordDecision(String market, String productId, String keyword, boolean belongs)
    implements Serializable {

  public KeywordDecision {
    keyword = KeywordPhrase.of(keyword).spelling();
  }

  /** Returns the subject of the decision: market, product and keyword. */
  public List<String> about() {
    return List.of(market, productId, keyword);
  }
}
