package io.trendflow.features;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** What the products are matched with: the keywords of every cutoff and market, and decisions. */
final class KnownKeywords implements Serializable {
  private static final String EVERY_MARKET = "all";

  /** A market at the end of a cutoff. */
  record Place(LocalDate cutoff, String market) implements Serializable {}

  private record Product(String market, String productId) implements Serializable {}

  private final KeywordMatcher matcher;
  private final Map<Place, BitSet> known;
  private final Map<LocalDate, TermCounts> counts;
  private final Map<Product, Map<String, Boolean>> decisions = new HashMap<>();

  /**
   * Files the decisions.
   *
   * @param known the numbers of the keywords that have a series
   * @param counts of the matcher's terms among the products of the cutoff
   */
  KnownKeywords(
      KeywordMatcher matcher,
      Map<Place, BitSet> known,
      Map<LocalDate, TermCounts> counts,
      List<KeywordDecision> decisions) {
    this.matcher = matcher;
    this.known = known;
    this.counts = counts;
    for (KeywordDecision decision : decisions) {
      this.decisions
          .computeIfAbsent(
              new Product(decision.market(), decision.productId()), key -> new HashMap<>())
          .put(decision.keyword(), decision.belongs());
    }
  }

  /** The matches of a row of {@link ProductRows}. */
  Stream<KeywordMatch> match(Row product, ProductTexts texts) {
    LocalDate cutoff = product.getAs("cutoff");
    String market = product.getAs("market");
    BitSet open = known.get(new Place(cutoff, market));
    if (open == null) {
      return Stream.of();
    }
    List<String> declared = product.getList(product.fieldIndex("declared_keywords"));
    Map<String, Boolean> decided = decisions(market, product.getAs("product_id"));
    TermCounts common = Objects.requireNonNull(counts.get(cutoff));
    return matcher.match(texts, declared, decided, open, common).stream();
  }

  /** A "no" for every market is not undone by a "yes" for one, nor the other way round. */
  private Map<String, Boolean> decisions(String market, String productId) {
    Map<String, Boolean> decided =
        new HashMap<>(decisions.getOrDefault(new Product(market, productId), Map.of()));
    decisions
        .getOrDefault(new Product(EVERY_MARKET, productId), Map.of())
        .forEach((keyword, belongs) -> decided.merge(keyword, belongs, Boolean::logicalAnd));
    return decided;
  }
}
