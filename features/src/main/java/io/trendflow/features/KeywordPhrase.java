package io.trendflow.features;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Normalised form of a keyword, name, brand or category, for comparison.
 *
 * @param words normalised words in order
 */
record KeywordPhrase(List<String> words) implements Serializable {
  /** Largest number of words that a hashtag runs together. */
  private static final int LONGEST_RUN = 4;

  /**
   * Words that titles and searches for the same thing use or omit freely (robe d'été, robe été;
   * women's, women), and that therefore do not count.
   */
  private static final Set<String> STOP_WORDS =
      Set.of(
          "a", "an", "and", "for", "in", "of", "on", "s", "the", "to", "with", "au", "aux", "avec",
          "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour");

  static KeywordPhrase of(@Nullable String text) {
    return new KeywordPhrase(Tokens.of(text));
  }

  /** Returns the words as one text; keywords with equal texts are the same keyword. */
  String spelling() {
    return String.join(" ", words);
  }

  /**
   * Returns the words without order, number and stop words; the stop words if there is nothing
   * else.
   */
  Set<String> terms() {
    Set<String> terms = terms(words.stream().filter(word -> !STOP_WORDS.contains(word)).toList());
    return terms.isEmpty() ? terms(words) : terms;
  }

  private static Set<String> terms(List<String> words) {
    Set<String> terms = new TreeSet<>();
    words.forEach(word -> terms.add(PluralStemmer.tolerant(word)));
    return terms;
  }

  /** Returns all words run together, as in a hashtag. */
  String joined() {
    return PluralStemmer.tolerant(String.join("", words));
  }

  /**
   * Returns every term with the number of terms that it covers: 1, or more for words run together.
   * Therefore "summer dress" matches "#summerdress" and the other way round.
   */
  Map<String, Integer> found() {
    Map<String, Integer> found = new TreeMap<>();
    terms().forEach(term -> found.put(term, 1));
    for (int from = 0; from < words.size(); from++) {
      for (int to = from + 2; to <= Math.min(words.size(), from + LONGEST_RUN); to++) {
        List<String> run = words.subList(from, to);
        int telling = (int) run.stream().filter(word -> !STOP_WORDS.contains(word)).count();
        found.putIfAbsent(PluralStemmer.tolerant(String.join("", run)), Math.max(1, telling));
      }
    }
    return found;
  }
}
