package io.trendflow.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keywords of trend series, to be found by their terms. A keyword has one or two forms, the set of
 * its terms and its words run together; each form is filed under that of its terms which the fewest
 * forms have, so that a product looks at few of them.
 */
final class KeywordIndex implements Serializable {
  /** What must be found of a product for the keyword to match. */
  record Form(int keyword, Set<String> terms) implements Serializable {}

  private final List<String> keywords;
  private final Set<String> terms = new HashSet<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<String, List<Integer>> bySpelling = new HashMap<>();
  private final Map<String, List<Integer>> byMeaning = new HashMap<>();
  private final Map<String, List<Form>> byTerm = new HashMap<>();

  KeywordIndex(Collection<String> keywords) {
    this.keywords = List.copyOf(new TreeSet<>(keywords));
    List<Form> forms = new ArrayList<>();
    for (int id = 0; id < this.keywords.size(); id++) {
      add(id, Phrase.of(this.keywords.get(id)), forms);
    }
    Map<String, Long> counts = new HashMap<>();
    forms.forEach(form -> form.terms().forEach(term -> counts.merge(term, 1L, Long::sum)));
    for (Form form : forms) {
      String rarest =
          Collections.min(
              form.terms(), Comparator.comparing(term -> counts.getOrDefault(term, 0L)));
      byTerm.computeIfAbsent(rarest, term -> new ArrayList<>()).add(form);
    }
    terms.addAll(counts.keySet());
  }

  private void add(int id, Phrase phrase, List<Form> forms) {
    if (phrase.words().isEmpty()) {
      return;
    }
    ids.put(keywords.get(id), id);
    bySpelling.computeIfAbsent(phrase.spelling(), key -> new ArrayList<>()).add(id);
    for (Set<String> form : new LinkedHashSet<>(List.of(phrase.terms(), Set.of(phrase.joined())))) {
      forms.add(new Form(id, form));
      byMeaning.computeIfAbsent(meaning(form), key -> new ArrayList<>()).add(id);
    }
  }

  String keyword(int id) {
    return keywords.get(id);
  }

  /** All terms of all forms. */
  Set<String> terms() {
    return Collections.unmodifiableSet(terms);
  }

  /** The numbers of keywords. */
  BitSet ids(Collection<String> some) {
    BitSet set = new BitSet(keywords.size());
    some.stream()
        .filter(ids::containsKey)
        .forEach(keyword -> set.set(ids.getOrDefault(keyword, 0)));
    return set;
  }

  List<Integer> spelled(String spelling) {
    return bySpelling.getOrDefault(spelling, List.of());
  }

  /** Keywords with the same terms in any order and number, or the same run together. */
  Set<Integer> meaning(Phrase phrase) {
    Set<Integer> same = new TreeSet<>();
    same.addAll(byMeaning.getOrDefault(meaning(phrase.terms()), List.of()));
    same.addAll(byMeaning.getOrDefault(phrase.joined(), List.of()));
    return same;
  }

  private static String meaning(Set<String> terms) {
    return String.join(" ", new TreeSet<>(terms));
  }

  /** The forms of which all terms are among these. */
  List<Form> within(Set<String> found) {
    return found.stream()
        .flatMap(term -> byTerm.getOrDefault(term, List.of()).stream())
        .filter(form -> found.containsAll(form.terms()))
        .toList();
  }
}
