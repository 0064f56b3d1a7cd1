package io.trendflow.serving.dashboard;

import io.trendflow.history.Lifecycle;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.api.OrderProposals;
import io.trendflow.serving.api.ScoreQuery;
import io.trendflow.serving.snapshot.PageCursor;
import io.trendflow.serving.snapshot.RollUp;
import io.trendflow.serving.snapshot.ScoreFilters;
import io.trendflow.serving.snapshot.ScoreSort;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.web.ProblemException;
import io.trendflow.serving.web.SiteAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Content of a page with a list of products.
 *
 * @param query query parameters, completed by those of the list
 * @param view data that the caller may see
 * @param filters requested filters
 * @param listed rows of this page
 * @param proposals orders of the rows
 */
record ListPage(
    ListKind kind,
    ScoreQuery query,
    CallerView view,
    ScoreFilters filters,
    CallerView.Listed listed,
    OrderProposals proposals,
    PageLanguage language) {

  /** Maximum number of choices of a list; above it, the user types the value instead. */
  private static final int MOST_CHOICES = 300;

  private static final int MOST_CHIPS = 3;

  /** Maximum number of products side by side. */
  static final int MOST_COMPARED = 4;

  /** Parameters that are not behind the button of the filters. */
  private static final Set<String> ELSEWHERE =
      Set.of("market", "q", "keyword", "check_stock", "products", "sort", "limit");

  /**
   * Filter with a number of possible values.
   *
   * @param values possible values and their texts
   * @param typed whether the user types the value and the possible values are suggestions
   */
  record Choice(String name, Map<String, String> values, @Nullable String chosen, boolean typed) {}

  /** Filter by a bound, as the user typed it. */
  record Bound(String name, @Nullable String typed, String most) {}

  /** Link to the products of a driver, and their number. */
  record Chip(String text, long products, String address, boolean chosen) {}

  /** Sort order, and the URL of the list in that order. */
  record Order(ScoreSort sort, String label, String address, boolean chosen) {}

  /**
   * Creates the page that a request asks for.
   *
   * @throws ProblemException if a parameter is not valid
   */
  static ListPage of(
      ListKind kind,
      ScoreQuery asked,
      CallerView view,
      OrderProposals proposals,
      PageLanguage language) {
    ScoreQuery query = kind.complete(asked);
    ScoreFilters filters = query.filters(view);
    if (query.order() == ScoreSort.UPLIFT_REVENUE && isOfCurrencies(filters, view)) {
      query = query.with(query.lifecycle(), query.state(), kind.sort().label());
    }
    CallerView.Listed listed =
        view.list(filters, query.order(), query.from(), query.most(ScoreQuery.USUAL));
    return new ListPage(kind, query, view, filters, listed, proposals, language);
  }

  private static boolean isOfCurrencies(ScoreFilters filters, CallerView view) {
    return filters.market() == null && view.currencies().size() > 1;
  }

  Run run() {
    return view.run();
  }

  List<ListRow> rows() {
    return rows(Integer.MAX_VALUE);
  }

  /** Returns the rows that are shown side by side. */
  List<ListRow> compared() {
    return rows(MOST_COMPARED);
  }

  private List<ListRow> rows(int most) {
    return listed.items().stream().limit(most).map(score -> ListRow.of(score, this)).toList();
  }

  /** Returns the run whose ranks this one is compared with; null if there is none. */
  @Nullable Run rankedBefore() {
    return ranked() ? view.rankedBefore() : null;
  }

  /** Returns the figures above the list; null on another list than the first one. */
  @Nullable ListSummary summary() {
    return kind == ListKind.TODAY ? ListSummary.of(view, filters.market(), language) : null;
  }

  /** Returns whether the order means anything: the baseline gives every product the uplift 0. */
  boolean ranked() {
    return run().modelId() != null;
  }

  /** Returns whether the list may contain rows of several markets. */
  boolean acrossMarkets() {
    return view.markets().size() > 1 && filters.market() == null;
  }

  /** Returns whether the user narrowed the list, apart from the market, which is remembered. */
  boolean filtered() {
    return narrowing() > 0
        || Stream.of(filters.query(), filters.keyword()).anyMatch(Objects::nonNull)
        || isToCheck()
        || isChosen();
  }

  /** Returns the number of filters in use behind the button. */
  int narrowing() {
    return (int)
        query.parameters().entrySet().stream()
            .filter(sent -> !ELSEWHERE.contains(sent.getKey()) && !kind.fixes(sent.getKey()))
            .filter(sent -> sent.getValue() != null && !sent.getValue().isEmpty())
            .count();
  }

  /** Returns whether the list is of the products that may be out of stock. */
  boolean isToCheck() {
    return Boolean.TRUE.equals(filters.checkStock());
  }

  /** Returns whether the list is of chosen products. */
  boolean isChosen() {
    return !filters.products().isEmpty();
  }

  /** Returns the number of products that are left out because they may be out of stock. */
  int toCheck() {
    return isToCheck() ? 0 : view.list(filters.outOfStock(), query.order(), null, 1).total();
  }

  /** Returns the URL of the products that may be out of stock. */
  String silentAddress() {
    return address(kind.path(), "check_stock", "true");
  }

  /** Returns the choice of the market; null if there is one market only. */
  @Nullable Choice market() {
    return view.markets().size() < 2 ? null : choice("market", view.markets(), filters.market());
  }

  /** Returns the other filters that have more than one possible value. */
  List<Choice> choices() {
    List<Choice> choices = new ArrayList<>();
    choices.add(choice("category", view.categories(), filters.category()));
    choices.add(choice("brand", view.brands(), filters.brand()));
    choices.add(choice("lifecycle", Lifecycle.SCORED, filters.lifecycle()));
    choices.add(choice("state", ScoreQuery.STATES, query.state()));
    choices.add(choice("driver", ScoreQuery.DRIVERS, filters.driver()));
    choices.removeIf(
        choice ->
            kind.fixes(choice.name()) || (choice.values().size() < 2 && choice.chosen() == null));
    return choices;
  }

  private Choice choice(String name, Collection<String> values, @Nullable String chosen) {
    Map<String, String> texts = new LinkedHashMap<>();
    values.stream()
        .limit(MOST_CHOICES)
        .forEach(value -> texts.put(value, language.value(name, value)));
    return new Choice(name, texts, chosen, values.size() > MOST_CHOICES);
  }

  /** Returns the drivers of most products, on the first list only. */
  List<Chip> chips() {
    if (kind != ListKind.TODAY) {
      return List.of();
    }
    Map<String, Long> products = new TreeMap<>();
    for (RollUp sum : view.driverSums()) {
      if (sum.name() != null
          && (filters.market() == null || filters.market().equals(sum.market()))) {
        products.merge(sum.name(), sum.products(), Long::sum);
      }
    }
    return products.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(MOST_CHIPS)
        .map(driver -> chip(driver.getKey(), driver.getValue()))
        .toList();
  }

  private Chip chip(String driver, long products) {
    boolean chosen = driver.equals(filters.driver());
    Map<String, @Nullable String> parameters = new LinkedHashMap<>();
    parameters.put("market", query.market());
    parameters.put("driver", chosen ? null : driver);
    return new Chip(
        language.value("driver", driver),
        products,
        SiteAddress.of(kind.path(), parameters),
        chosen);
  }

  /** Returns the filters by a smallest or largest value. */
  List<Bound> bounds() {
    return List.of(
        new Bound("min_chance", query.minChance(), "1"),
        new Bound("min_units", query.minUnits(), ""),
        new Bound("min_price", query.minPrice(), ""),
        new Bound("max_price", query.maxPrice(), ""),
        new Bound("min_potential", query.minPotential(), "100"));
  }

  /** Returns the sort orders of the list: amounts of several currencies have none. */
  List<Order> orders() {
    boolean mixed = isOfCurrencies(filters, view);
    return Arrays.stream(ScoreSort.values())
        .filter(sort -> !mixed || sort != ScoreSort.UPLIFT_REVENUE)
        .map(this::order)
        .toList();
  }

  Order order(ScoreSort sort) {
    return new Order(
        sort,
        language.say("sort." + sort.label()),
        address(kind.path(), "sort", sort.label()),
        sort == query.order());
  }

  /**
   * Returns the order of the column of extra revenue. The potential orders a market's products in
   * the same way, and is the only order for amounts of several currencies.
   */
  ScoreSort byExtra() {
    return query.order() == ScoreSort.UPLIFT_REVENUE
        ? ScoreSort.UPLIFT_REVENUE
        : ScoreSort.POTENTIAL;
  }

  /** Returns the URL of this page. */
  String address() {
    return address(kind.path(), "cursor", query.cursor());
  }

  /** Returns the URL of the previous page; null on the first. */
  @Nullable String previous() {
    PageCursor cursor = listed.previous();
    return listed.before() == 0
        ? null
        : address(kind.path(), "cursor", cursor == null ? null : cursor.text());
  }

  /** Returns the URL of the next page; null on the last. */
  @Nullable String next() {
    PageCursor cursor = listed.next();
    return cursor == null ? null : address(kind.path(), "cursor", cursor.text());
  }

  /** Returns the URL of the same rows as JSON. */
  String json() {
    return address("/api/v1/recommendations", query.limit());
  }

  /** Returns the URL of all rows as a file. */
  String csv() {
    return address("/recommendations.csv", null);
  }

  /** Returns the URL of the rows as a workbook. */
  String workbook() {
    return address("/recommendations.xlsx", null);
  }

  /** Returns the URL of the rows outside this page, where the list's own filter must be said. */
  private String address(String path, @Nullable String limit) {
    Map<String, @Nullable String> parameters = query.parameters();
    parameters.remove("sort", ScoreSort.POTENTIAL.label());
    parameters.put("limit", limit);
    return SiteAddress.of(path, parameters);
  }

  /** Returns the URL with another value of one parameter, beginning at the first page. */
  private String address(String path, String name, @Nullable String value) {
    Map<String, @Nullable String> parameters = query.parameters();
    parameters.keySet().removeIf(kind::fixes);
    parameters.remove("sort", kind.sort().label());
    parameters.put(name, value);
    return SiteAddress.of(path, parameters);
  }
}
