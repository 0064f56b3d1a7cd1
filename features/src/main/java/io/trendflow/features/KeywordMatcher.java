package io.trendflow.features;

import java.io.Serializable;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the keywords that belong to a product. What people reviewed and what the catalogue declares
 * is certain; where nothing is declared, name, brand and category are searched, with
 *
 * <pre>confidence = weight of the text x agreement with the text x rarity of the keyword</pre>
 *
 * <p>where the weights are those of {@link ProductTexts}, the agreement is Dice's coefficient of
 * the terms, and the rarity is that of {@link TermCounts}. All of a keyword's terms must be found.
 */
record KeywordMatcher(KeywordIndex index) implements Serializable {
  /** More guesses than this drown each other in the mean over the series. */
  private static final int MOST_GUESSES = 8;

  /** Below it are words that half of the catalogue has, or one word of a long name. */
  private static final double LEAST_CONFIDENCE = 0.1;

  /** The keywords' terms that the texts hold: what {@link TermCounts} counts. */
  Set<String> terms(ProductTexts texts) {
    Set<String> terms = texts.terms();
    terms.retainAll(index.terms());
    return terms;
  }

  /**
   * The matches of a product.
   *
   * @param declared the keywords that the catalogue declares for it
   * @param decisions spelling to whether it belongs to this product, for the keywords reviewed
   * @param known the numbers of the keywords that have a series to match
   */
  Collection<KeywordMatch> match(
      ProductTexts texts,
      List<String> declared,
      Map<String, Boolean> decisions,
      BitSet known,
      TermCounts counts) {
    BitSet open = allowed(known, decisions);
    Map<Integer, KeywordMatch> matches = new TreeMap<>();
    decisions.forEach(
        (spelling, belongs) -> add(matches, index.spelled(spelling), open, "reviewed"));
    List<Phrase> phrases =
        declared.stream().map(Phrase::of).filter(phrase -> !phrase.words().isEmpty()).toList();
    phrases.forEach(phrase -> add(matches, index.meaning(phrase), open, "declared"));
    if (phrases.isEmpty()) {
      guesses(texts, open, counts).forEach(matches::putIfAbsent);
    }
    return matches.values().stream().sorted(KeywordMatch.BEST_FIRST).toList();
  }

  private BitSet allowed(BitSet known, Map<String, Boolean> decisions) {
    BitSet allowed = (BitSet) known.clone();
    decisions.forEach(
        (spelling, belongs) -> {
          if (!belongs) {
            index.spelled(spelling).forEach(allowed::clear);
          }
        });
    return allowed;
  }

  private void add(
      Map<Integer, KeywordMatch> to, Collection<Integer> keywords, BitSet open, String matchedBy) {
    for (int id : keywords) {
      if (open.get(id)) {
        to.putIfAbsent(id, new KeywordMatch(index.keyword(id), 1, matchedBy));
      }
    }
  }

  private Map<Integer, KeywordMatch> guesses(ProductTexts texts, BitSet open, TermCounts counts) {
    Map<Integer, KeywordMatch> guesses = new HashMap<>();
    for (KeywordIndex.Form form : index.within(terms(texts))) {
      if (open.get(form.keyword())) {
        for (ProductTexts.Field field : texts.holding(form.terms())) {
          guesses.merge(form.keyword(), guess(form, field, counts), KeywordMatcher::better);
        }
      }
    }
    guesses.values().removeIf(guess -> guess.confidence() < LEAST_CONFIDENCE);
    List<KeywordMatch> best =
        guesses.values().stream().sorted(KeywordMatch.BEST_FIRST).limit(MOST_GUESSES).toList();
    guesses.values().retainAll(best);
    return guesses;
  }

  private KeywordMatch guess(KeywordIndex.Form form, ProductTexts.Field field, TermCounts counts) {
    double confidence =
        field.weight() * field.agreement(form.terms()) * counts.rarity(form.terms());
    return new KeywordMatch(index.keyword(form.keyword()), confidence, field.matchedBy());
  }

  private static KeywordMatch better(KeywordMatch one, KeywordMatch other) {
    return other.confidence() > one.confidence() ? other : one;
  }
}
