package io.trendflow.serving.dashboard;

import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.snapshot.Mover;
import io.trendflow.serving.snapshot.RollUp;
import io.trendflow.serving.web.QueryParameters;
import io.trendflow.serving.web.SiteAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Content of the page about trends.
 *
 * @param rising series that rise, the fastest first
 * @param falling series that fall, the fastest first
 * @param sums sums of the categories in the caller's markets
 */
record TrendsPage(
    Asked asked,
    List<Mover> rising,
    List<Mover> falling,
    List<RollUp> sums,
    CallerView view,
    PageLanguage language) {
  /** Maximum number of categories, those with the largest uplifts, up or down. */
  static final int MOST_CATEGORIES = 60;

  /** Requested filters; null means any value. */
  record Asked(
      @Nullable String source,
      @Nullable String keyword,
      @Nullable String category,
      @Nullable String geo) {}

  /** Filter of the form. */
  record Choice(String name, Collection<String> values, @Nullable String chosen) {}

  /**
   * Movement of a category.
   *
   * @param rising number of its products' series that rise
   * @param falling number of its products' series that fall
   * @param growth growth of the expected units relative to the baseline; null if there is no
   *     baseline
   */
  record Category(RollUp sum, long rising, long falling, @Nullable Double growth, DrawnBar bar) {}

  static List<Mover> moving(List<Mover> movers, Predicate<Double> direction) {
    return movers.stream()
        .filter(mover -> mover.change() != null && direction.test(mover.change()))
        .toList();
  }

  List<Mover> up() {
    return moving(rising, change -> change > 0);
  }

  List<Mover> down() {
    return moving(falling, change -> change < 0);
  }

  /** Returns the bar of a mover on a scale of several movers. */
  DrawnBar bar(Mover mover, List<Mover> beside) {
    double most = beside.stream().mapToDouble(TrendsPage::change).map(Math::abs).max().orElse(1);
    return DrawnBar.of(Math.abs(change(mover)), 0, most);
  }

  private static double change(Mover mover) {
    return mover.change() == null ? 0 : mover.change();
  }

  /** Returns the filters that have more than one possible value. */
  List<Choice> choices() {
    return List.of(
        new Choice("source", distinct(Mover::source), asked.source()),
        new Choice("geo", distinct(Mover::geo), asked.geo()),
        new Choice("category", view.categories(), asked.category()));
  }

  private Collection<String> distinct(Function<Mover, String> value) {
    return view.movers().stream().map(value).collect(Collectors.toCollection(TreeSet::new));
  }

  boolean filtered() {
    return !address().equals("/trends");
  }

  private String address() {
    Map<String, @Nullable String> parameters = new LinkedHashMap<>();
    parameters.put("source", asked.source());
    parameters.put("geo", asked.geo());
    parameters.put("category", asked.category());
    parameters.put("keyword", asked.keyword());
    return SiteAddress.of("/trends", parameters);
  }

  /** Returns the categories, the largest growth relative to the baseline first. */
  List<Category> categories() {
    List<RollUp> shown = asked(sums);
    double least = shown.stream().mapToDouble(TrendsPage::growthOrNone).min().orElse(0);
    double most = shown.stream().mapToDouble(TrendsPage::growthOrNone).max().orElse(0);
    Map<String, Long> up = count(change -> change > 0);
    Map<String, Long> down = count(change -> change < 0);
    return shown.stream()
        .map(
            sum ->
                new Category(
                    sum,
                    up.getOrDefault(sum.name(), 0L),
                    down.getOrDefault(sum.name(), 0L),
                    growth(sum),
                    DrawnBar.of(growthOrNone(sum), least, most)))
        .sorted(
            Comparator.comparing(
                Category::growth, Comparator.nullsLast(Comparator.<Double>reverseOrder())))
        .toList();
  }

  private List<RollUp> asked(List<RollUp> all) {
    String one = QueryParameters.text(asked.category());
    return all.stream()
        .filter(sum -> sum.name() != null && (one == null || one.equals(sum.name())))
        .sorted(Comparator.comparingDouble((RollUp sum) -> Math.abs(sum.upliftUnits())).reversed())
        .limit(MOST_CATEGORIES)
        .toList();
  }

  /** Counts the series that move in a direction, by the category of their products. */
  private Map<String, Long> count(Predicate<Double> direction) {
    return moving(view.movers(), direction).stream()
        .flatMap(mover -> mover.categories().stream())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  /** Returns the URL of a category's products. */
  String list(Category category) {
    Map<String, @Nullable String> parameters = new LinkedHashMap<>();
    parameters.put("market", category.sum().market());
    parameters.put("category", category.sum().name());
    return SiteAddress.of("/", parameters);
  }

  private static double growthOrNone(RollUp sum) {
    Double growth = growth(sum);
    return growth == null ? 0 : growth;
  }

  private static @Nullable Double growth(RollUp sum) {
    return sum.baselineUnits() > 0 ? sum.upliftUnits() / sum.baselineUnits() : null;
  }
}
