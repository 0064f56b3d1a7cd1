package io.trendflow.serving.dashboard;

import io.trendflow.history.Lifecycle;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.api.ScoreQuery;
import io.trendflow.serving.snapshot.PageCursor;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Content of the page of recommendations.
 *
 * @param query query parameters as sent
 * @param view data that the caller may see
 * @param filters requested filters
 * @param listed rows of this page
 */
record ListPage(
    ScoreQuery query,
    CallerView view,
    ScoreFilters filters,
    CallerView.Listed listed,
    PageLanguage language) {
  private static final String PATH = "/";

  /** Maximum number of choices of a list; above it, the user types the value instead. */
  private static final int MOST_CHOICES = 300;

  /**
   * Filter of the form.
   *
   * @param values possible values and their texts
   * @param typed whether the user types the value and the possible values are suggestions
   */
  record Choice(String name, Map<String, String> values, @Nullable String chosen, boolean typed) {}

  /** Sort order, and the URL of the list in that order. */
  record Order(ScoreSort sort, String label, String address, boolean chosen) {}

  /**
   * Creates the page that a request asks for.
   *
   * @throws ProblemException if a parameter is not valid
   */
  static ListPage of(ScoreQuery query, CallerView view, PageLanguage language) {
    ScoreFilters filters = query.filters(view);
    CallerView.Listed listed =
        view.list(filters, query.order(), query.from(), query.most(ScoreQuery.USUAL));
    return new ListPage(query, view, filters, listed, language);
  }

  Run run() {
    return view.run();
  }

  List<ScoreRow> rows() {
    return listed.items().stream().map(score -> new ScoreRow(score, language)).toList();
  }

  /** Returns whether the order means anything: the baseline gives every product the uplift 0. */
  boolean ranked() {
    return run().modelId() != null;
  }

  /** Returns whether the list may contain rows of several markets. */
  boolean acrossMarkets() {
    return view.markets().size() > 1 && filters.market() == null;
  }

  boolean filtered() {
    return Stream.of(filters.market(), filters.category(), filters.brand(), filters.lifecycle())
            .anyMatch(Objects::nonNull)
        || filters.minPotential() > 0
        || filters.query() != null
        || isToCheck();
  }

  /** Returns whether the list is of the products that may be out of stock. */
  boolean isToCheck() {
    return Boolean.TRUE.equals(filters.checkStock());
  }

  /** Returns the number of products that are left out because they may be out of stock. */
  int toCheck() {
    return isToCheck() ? 0 : view.list(silent(), query.order(), null, 1).total();
  }

  /** Returns the URL of the products that may be out of stock. */
  String silentAddress() {
    return address(PATH, "check_stock", "true");
  }

  private ScoreFilters silent() {
    return new ScoreFilters(
        filters.market(),
        filters.category(),
        filters.brand(),
        filters.lifecycle(),
        filters.minPotential(),
        filters.query(),
        true);
  }

  /** Returns the filters that have more than one possible value. */
  List<Choice> choices() {
    List<Choice> choices = new ArrayList<>();
    choices.add(choice("market", view.markets(), filters.market()));
    choices.add(choice("category", view.categories(), filters.category()));
    choices.add(choice("brand", view.brands(), filters.brand()));
    choices.add(choice("lifecycle", Lifecycle.SCORED, filters.lifecycle()));
    choices.removeIf(choice -> choice.values().size() < 2 && choice.chosen() == null);
    return choices;
  }

  private Choice choice(String name, Collection<String> values, @Nullable String chosen) {
    Map<String, String> texts = new LinkedHashMap<>();
    values.stream()
        .limit(MOST_CHOICES)
        .forEach(value -> texts.put(value, language.value(name, value)));
    return new Choice(name, texts, chosen, values.size() > MOST_CHOICES);
  }

  /** Returns the sort orders of the list. */
  List<Order> orders() {
    return Arrays.stream(ScoreSort.values()).map(this::order).toList();
  }

  Order order(ScoreSort sort) {
    return new Order(
        sort,
        language.say("sort." + sort.label()),
        address(PATH, "sort", named(sort)),
        sort == query.order());
  }

  private static @Nullable String named(ScoreSort sort) {
    return sort == ScoreSort.POTENTIAL ? null : sort.label();
  }

  /** Returns the smallest potential; empty if any potential is shown. */
  String minPotential() {
    return filters.minPotential() > 0 ? Objects.toString(query.minPotential()) : "";
  }

  /** Returns the URL of this page. */
  String address() {
    return address(PATH, "cursor", query.cursor());
  }

  /** Returns the URL of the previous page; null on the first. */
  @Nullable String previous() {
    PageCursor cursor = listed.previous();
    return listed.before() == 0
        ? null
        : address(PATH, "cursor", cursor == null ? null : cursor.text());
  }

  /** Returns the URL of the next page; null on the last. */
  @Nullable String next() {
    PageCursor cursor = listed.next();
    return cursor == null ? null : address(PATH, "cursor", cursor.text());
  }

  /** Returns the URL of the same rows as JSON. */
  String json() {
    return address("/api/v1/recommendations", "cursor", null);
  }

  /** Returns the URL of all rows as a file. */
  String csv() {
    return address("/recommendations.csv", "limit", null);
  }

  /** Returns the URL with another value of one parameter, beginning at the first page. */
  private String address(String path, String name, @Nullable String value) {
    Map<String, @Nullable String> parameters = new LinkedHashMap<>();
    parameters.put("market", query.market());
    parameters.put("category", query.category());
    parameters.put("brand", query.brand());
    parameters.put("lifecycle", query.lifecycle());
    parameters.put("min_potential", query.minPotential());
    parameters.put("q", query.q());
    parameters.put("check_stock", query.checkStock());
    parameters.put("sort", named(query.order()));
    parameters.put("limit", query.limit());
    parameters.put(name, value);
    return SiteAddress.of(path, parameters);
  }
}
