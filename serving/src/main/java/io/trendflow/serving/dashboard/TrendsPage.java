package io.trendflow.serving.dashboard;

import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.snapshot.Mover;
import io.trendflow.serving.snapshot.RollUp;
import io.trendflow.serving.web.QueryParameters;
import io.trendflow.serving.web.SiteAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Content of the page about trends.
 *
 * @param trends keywords with the series that pass the filters
 * @param sums sums of the categories in the caller's markets
 */
record TrendsPage(
    Asked asked,
    List<KeywordTrend> trends,
    List<RollUp> sums,
    CallerView view,
    PageLanguage language) {
  /** Maximum number of keywords that are shown in each direction. */
  static final int MOST_KEYWORDS = 15;

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
   * @param rising number of its products' keywords that rise
   * @param falling number of its products' keywords that fall
   * @param growth growth of the expected units relative to the baseline; null if there is no
   *     baseline
   */
  record Category(RollUp sum, long rising, long falling, @Nullable Double growth, DrawnBar bar) {}

  /** Returns the keywords that rise, the fastest first. */
  List<KeywordTrend> up() {
    return trends.stream()
        .filter(trend -> trend.change() > 0)
        .sorted(Comparator.comparingDouble(KeywordTrend::change).reversed())
        .limit(MOST_KEYWORDS)
        .toList();
  }

  /** Returns the keywords that fall, the fastest first. */
  List<KeywordTrend> down() {
    return trends.stream()
        .filter(trend -> trend.change() < 0)
        .sorted(Comparator.comparingDouble(KeywordTrend::change))
        .limit(MOST_KEYWORDS)
        .toList();
  }

  /** Returns the drawing of a series. */
  SparklineDrawing weeks(Mover mover) {
    return SparklineDrawing.of(mover.weeklyMeans(), "trends.weeks.text", language);
  }

  /** Returns the URL of a keyword's products. */
  static String products(KeywordTrend trend) {
    return SiteAddress.of("/", "keyword", trend.keyword());
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
    Map<List<String>, Long> up = new HashMap<>();
    Map<List<String>, Long> down = new HashMap<>();
    shown.stream().map(RollUp::market).distinct().forEach(market -> count(market, up, down));
    return shown.stream()
        .map(
            sum ->
                new Category(
                    sum,
                    up.getOrDefault(key(sum), 0L),
                    down.getOrDefault(key(sum), 0L),
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

  /** Counts the keywords of a market that rise and that fall, by the category of their products. */
  private void count(String market, Map<List<String>, Long> up, Map<List<String>, Long> down) {
    for (KeywordTrend trend : KeywordTrend.of(view.movers(market))) {
      if (trend.change() != 0) {
        Map<List<String>, Long> counts = trend.change() > 0 ? up : down;
        trend.categories().forEach(name -> counts.merge(List.of(market, name), 1L, Long::sum));
      }
    }
  }

  private static List<String> key(RollUp sum) {
    return List.of(sum.market(), String.valueOf(sum.name()));
  }

  /** Returns the URL of a category's page. */
  String address(Category category) {
    return new ProductGroup(ProductGroup.Kind.CATEGORY, String.valueOf(category.sum().name()))
        .address(category.sum().market());
  }

  private static double growthOrNone(RollUp sum) {
    Double growth = growth(sum);
    return growth == null ? 0 : growth;
  }

  private static @Nullable Double growth(RollUp sum) {
    return sum.baselineUnits() > 0 ? sum.upliftUnits() / sum.baselineUnits() : null;
  }
}
