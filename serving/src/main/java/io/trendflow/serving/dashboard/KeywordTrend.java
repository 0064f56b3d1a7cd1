package io.trendflow.serving.dashboard;

import io.trendflow.serving.snapshot.Mover;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * How a keyword moves: all its series side by side.
 *
 * @param change median change of the series, so that one odd place does not decide
 * @param series series with a change, those whose change is nearest to the median first
 */
record KeywordTrend(String keyword, double change, List<Mover> series) {

  /** Returns each keyword that has a series with a change. */
  static List<KeywordTrend> of(Collection<Mover> movers) {
    Map<String, List<Mover>> byKeyword = new LinkedHashMap<>();
    movers.stream()
        .filter(mover -> mover.change() != null)
        .forEach(
            mover -> byKeyword.computeIfAbsent(mover.keyword(), k -> new ArrayList<>()).add(mover));
    return byKeyword.entrySet().stream().map(e -> of(e.getKey(), e.getValue())).toList();
  }

  private static KeywordTrend of(String keyword, List<Mover> series) {
    double[] changes = series.stream().mapToDouble(KeywordTrend::change).sorted().toArray();
    double median = (changes[(changes.length - 1) / 2] + changes[changes.length / 2]) / 2;
    List<Mover> nearest =
        series.stream()
            .sorted(Comparator.comparingDouble(mover -> Math.abs(change(mover) - median)))
            .toList();
    return new KeywordTrend(keyword, median, nearest);
  }

  private static double change(Mover mover) {
    return Objects.requireNonNull(mover.change());
  }

  /** Returns the series that is drawn: the one whose change is nearest to the median. */
  Mover shown() {
    return series.get(0);
  }

  /** Returns the categories of the products that the keyword belongs to. */
  Collection<String> categories() {
    Collection<String> all = new TreeSet<>();
    series.forEach(mover -> all.addAll(mover.categories()));
    return all;
  }
}
