package io.trendflow.features;

import io.trendflow.history.CatalogEntry;
import io.trendflow.schemas.MarketNames;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * Finds the trend keywords that belong to a product: keywords that people confirmed, keywords that
 * the catalogue declares and, if it declares none, guesses by {@link ProductText}. The confidence
 * of a keyword depends only on the product's own texts, which makes it the same at every cutoff and
 * whatever else the shop sells.
 */
final class KeywordMatcher implements Serializable {
  private static final BinaryOperator<KeywordMatch> SURER =
      BinaryOperator.maxBy(Comparator.comparing(KeywordMatch::confidence));

  /** Terms that must all be in a product's text for the keyword to match. */
  private record Form(String keyword, Set<String> terms) implements Serializable {}

  private record Product(String market, String productId) implements Serializable {}

  private final Map<String, List<Form>> forms = new HashMap<>();
  private final Map<String, List<String>> bySpelling = new HashMap<>();
  private final Map<Product, Map<String, Boolean>> decisions = new HashMap<>();

  /**
   * Creates a matcher.
   *
   * @param keywords keywords of the trend series
   * @param decisions decisions of people, which override every match
   */
  KeywordMatcher(Collection<String> keywords, List<KeywordDecision> decisions) {
    index(keywords);
    for (KeywordDecision decision : decisions) {
      this.decisions
          .computeIfAbsent(
              new Product(decision.market(), decision.productId()), key -> new HashMap<>())
          .put(decision.keyword(), decision.belongs());
    }
  }

  /**
   * Indexes each keyword's forms, its words and all of its words run together, by the term that the
   * fewest forms have. A product is then compared only with keywords whose rarest term it has,
   * however many share a common one.
   */
  private void index(Collection<String> keywords) {
    List<Form> all = new ArrayList<>();
    Map<String, Integer> uses = new HashMap<>();
    for (String keyword : keywords) {
      KeywordPhrase phrase = KeywordPhrase.of(keyword);
      bySpelling.computeIfAbsent(phrase.spelling(), key -> new ArrayList<>()).add(keyword);
      for (Set<String> terms :
          new LinkedHashSet<>(List.of(phrase.terms(), Set.of(phrase.joined())))) {
        all.add(new Form(keyword, terms));
        terms.forEach(term -> uses.merge(term, 1, Integer::sum));
      }
    }
    Comparator<String> rarest =
        Comparator.comparing((String term) -> uses.getOrDefault(term, 0))
            .thenComparing(Comparator.naturalOrder());
    for (Form form : all) {
      form.terms().stream()
          .min(rarest)
          .ifPresent(term -> forms.computeIfAbsent(term, key -> new ArrayList<>()).add(form));
    }
  }

  /** Returns the most forms that are indexed by one term. */
  int longestList() {
    return forms.values().stream().mapToInt(List::size).max().orElse(0);
  }

  /** Returns the keywords of a product by its catalogue entry, in a fixed order. */
  List<KeywordMatch> match(String market, String productId, CatalogEntry entry) {
    Map<String, KeywordMatch> matches = new TreeMap<>();
    found(entry).forEach(match -> matches.merge(match.keyword(), match, SURER));
    decided(market, productId)
        .forEach(
            (spelling, belongs) -> {
              for (String keyword : bySpelling.getOrDefault(spelling, List.of())) {
                matches.remove(keyword);
                if (belongs) {
                  matches.put(keyword, new KeywordMatch(keyword, 1, "reviewed"));
                }
              }
            });
    return List.copyOf(matches.values());
  }

  private Stream<KeywordMatch> found(CatalogEntry entry) {
    if (forms.isEmpty()) {
      return Stream.empty(); // a shop without trends would split all texts into words in vain
    }
    List<ProductText> declared =
        entry.keywords().stream()
            .map(ProductText::declared)
            .filter(text -> text.length() > 0)
            .toList();
    return declared.isEmpty()
        ? ProductText.describing(entry).stream().flatMap(this::in)
        : declared.stream().flatMap(this::in).filter(match -> match.confidence() == 1);
  }

  private Stream<KeywordMatch> in(ProductText text) {
    return text.found().keySet().stream()
        .flatMap(term -> forms.getOrDefault(term, List.of()).stream())
        .map(
            form ->
                new KeywordMatch(form.keyword(), text.confidence(form.terms()), text.matchedBy()))
        .filter(match -> match.confidence() > 0);
  }

  /**
   * Returns the decisions on a product; a decision for the market overrides one for all markets.
   */
  private Map<String, Boolean> decided(String market, String productId) {
    Map<String, Boolean> decided =
        new HashMap<>(
            decisions.getOrDefault(new Product(MarketNames.EVERY_MARKET, productId), Map.of()));
    decided.putAll(decisions.getOrDefault(new Product(market, productId), Map.of()));
    return decided;
  }
}
