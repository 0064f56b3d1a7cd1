package io.trendflow.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a product's name, brand and each part of its category path say.
 *
 * @param name the first of the fields; it may say nothing
 * @param others brand and category parts
 */
record ProductTexts(Field name, List<Field> others) {
  private static final Pattern PATH = Pattern.compile("[>/|›»]");
  private static final double NAME = 0.9;
  private static final double COMBINED = 0.8;
  private static final double BRAND = 0.5;
  private static final double CATEGORY = 0.4;

  /**
   * A text of a product.
   *
   * @param weight how much a keyword in such a text says of the product, in (0, 1]
   * @param found its terms, with how many terms each stands for
   * @param length number of its terms
   */
  record Field(String matchedBy, double weight, Map<String, Integer> found, int length) {
    private static Field of(String matchedBy, double weight, @Nullable String text) {
      Phrase phrase = Phrase.of(text);
      return new Field(matchedBy, weight, phrase.found(), phrase.terms().size());
    }

    boolean holds(Set<String> terms) {
      return found.keySet().containsAll(terms);
    }

    /** Dice's coefficient of these terms, all of which the text holds, and the text's. */
    double agreement(Set<String> terms) {
      int agreeing = terms.stream().mapToInt(term -> found.getOrDefault(term, 0)).sum();
      return Math.min(1, 2.0 * agreeing / (agreeing + length));
    }
  }

  static ProductTexts of(@Nullable String name, @Nullable String brand, @Nullable String category) {
    List<Field> others = new ArrayList<>();
    others.add(Field.of("brand", BRAND, brand));
    for (String part : PATH.split(category == null ? "" : category, -1)) {
      others.add(Field.of("category", CATEGORY, part));
    }
    return new ProductTexts(Field.of("name", NAME, name), List.copyOf(others));
  }

  /** The terms of all texts. */
  Set<String> terms() {
    Set<String> terms = new TreeSet<>(name.found().keySet());
    others.forEach(field -> terms.addAll(field.found().keySet()));
    return terms;
  }

  /** The texts that hold the terms; if none holds all, name and others in one. */
  List<Field> holding(Set<String> terms) {
    List<Field> holding = new ArrayList<>(List.of(name));
    holding.addAll(others);
    holding.removeIf(field -> !field.holds(terms));
    return holding.isEmpty() ? List.of(combined(terms)) : holding;
  }

  /** The name with those of the terms that only brand and category tell, as in "Nike Air Max". */
  private Field combined(Set<String> terms) {
    Map<String, Integer> found = new TreeMap<>();
    others.forEach(field -> found.putAll(field.found()));
    found.putAll(name.found());
    int added = (int) terms.stream().filter(term -> !name.found().containsKey(term)).count();
    return new Field("combined", COMBINED, found, name.length() + added);
  }
}
