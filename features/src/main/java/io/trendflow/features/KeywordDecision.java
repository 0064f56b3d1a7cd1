package io.trendflow.features;

import java.io.Serializable;
import java.util.List;

/**
 * What a person decided on a keyword and a product. It holds at every cutoff, because it says what
 * the product is and nothing of how it sold.
 *
 * @param market the market, or {@code all} for every one
 * @param keyword in any spelling, kept in lower case without accents and punctuation; unlike
 *     between a keyword and a name, number and order of the words count
 * @param belongs whether its trends tell of the product
 */
public record KeywordDecision(String market, String productId, String keyword, boolean belongs)
    implements Serializable {

  public KeywordDecision {
    keyword = KeywordPhrase.of(keyword).spelling();
  }

  /** What is decided on: market, product and keyword. */
  public List<String> about() {
    return List.of(market, productId, keyword);
  }
}
