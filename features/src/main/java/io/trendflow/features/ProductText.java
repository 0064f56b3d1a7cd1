package io.trendflow.features;

import io.trendflow.history.CatalogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text of a product in which keywords are searched.
 *
 * @param weight confidence of a keyword that equals the whole text, in (0, 1]
 * @param core terms of which a keyword must have at least one, with the number of terms that each
 *     covers
 * @param found core terms and further terms that a keyword may have
 * @param length number of core terms
 */
record ProductText(
    String matchedBy,
    double weight,
    Map<String, Integer> core,
    Map<String, Integer> found,
    int length) {
  private static final Pattern PATH = Pattern.compile("[>/|›»]");
  private static final double DECLARED = 1;
  private static final double NAME = 0.9;
  private static final double COMBINED = 0.8;
  private static final double BRAND = 0.5;
  private static final double CATEGORY = 0.4;
  private static final double SHOWN = 1000;

  private static ProductText of(String matchedBy, double weight, @Nullable String text) {
    KeywordPhrase phrase = KeywordPhrase.of(text);
    return new ProductText(
        matchedBy, weight, phrase.found(), phrase.found(), phrase.terms().size());
  }

  static ProductText declared(String keyword) {
    return of("declared", DECLARED, keyword);
  }

  /**
   * Returns the product's texts: its name, its brand, each part of the category path, and the name
   * combined with all of these.
   */
  static List<ProductText> describing(CatalogEntry entry) {
    List<ProductText> others = new ArrayList<>();
    others.add(of("brand", BRAND, entry.brand()));
    for (String part : PATH.split(entry.category() == null ? "" : entry.category(), -1)) {
      others.add(of("category", CATEGORY, part));
    }
    ProductText name = of("name", NAME, entry.name());
    Map<String, Integer> all = new TreeMap<>();
    others.forEach(text -> all.putAll(text.found()));
    all.putAll(name.found());
    List<ProductText> texts = new ArrayList<>(others);
    texts.add(name);
    texts.add(new ProductText("combined", COMBINED, name.core(), all, name.length()));
    return texts;
  }

  /**
   * Returns the confidence that a keyword with these terms belongs to the product: the weight times
   * Dice's coefficient of the keyword's terms and the core's, rounded as displayed; 0 unless all of
   * the terms are found.
   */
  double confidence(Set<String> terms) {
    if (!found.keySet().containsAll(terms) || terms.stream().noneMatch(core::containsKey)) {
      return 0;
    }
    int agreeing = terms.stream().mapToInt(term -> found.getOrDefault(term, 0)).sum();
    int added = (int) terms.stream().filter(term -> !core.containsKey(term)).count();
    double agreement = Math.min(1, 2.0 * agreeing / (agreeing + length + added));
    return Math.round(weight * agreement * SHOWN) / SHOWN;
  }
}
