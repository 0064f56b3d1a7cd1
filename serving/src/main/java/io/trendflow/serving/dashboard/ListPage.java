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
 * The page that lists the recommendations.
 *
 * @param query as it was sent
 * @param view what it is of
 * @param filters that were asked for
 * @param listed the rows of this page
 */
record ListPage(
    ScoreQuery query,
    CallerView view,
    ScoreFilters filters,
    CallerView.Listed listed,
    PageLanguage language) {
  private static final String PATH = "/";

  /** A longer list of choices would be most of the page: it is typed instead. */
  private static final int MOST_CHOICES = 300;

  /**
   * A filter of the form.
   *
   * @param values what it may be, with their texts
   * @param typed whether it is typed, with the values as proposals
   */
  record Choice(String name, Map<String, String> values, @Nullable String chosen, boolean typed) {}

  /** A sort, and the address of the list in that order. */
  record Order(ScoreSort sort, String label, String address, boolean chosen) {}

  /**
   * What a request asks for.
   *
   * @throws ProblemException when a parameter has a value that it can't have
   */
  static ListPage of(ScoreQuery query, CallerView view, PageLanguage language) {
    ScoreFilters filters = query.filters(view);
    CallerView.Listed listed =
        view.list(filters, query.order(), query.from(), query.most(ScoreQuery.USUAL));
    return new ListPage(query, view, filters, listed, language);
  }

  Run run() {
    return view.snapshot().run();
  }

  List<ScoreRow> rows() {
    return listed.items().stream().map(score -> new ScoreRow(score, language)).toList();
  }

  /** Whether rows of several markets may stand beside each other. */
  boolean acrossMarkets() {
    return view.markets().size() > 1 && filters.market() == null;
  }

  boolean filtered() {
    return Stream.of(filters.market(), filters.category(), filters.brand(), filters.lifecycle())
            .anyMatch(Objects::nonNull)
        || filters.minPotential() > 0
        || filters.query() != null;
  }

  /** The filters that there is a choice for. */
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

  /** The orders that the list can have. */
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

  /** As an address names it; null for the usual one. */
  private static @Nullable String named(ScoreSort sort) {
    return sort == ScoreSort.POTENTIAL ? null : sort.label();
  }

  /** The least potential, empty for any. */
  String minPotential() {
    return filters.minPotential() > 0 ? Objects.toString(query.minPotential()) : "";
  }

  /** The address of this page. */
  String address() {
    return address(PATH, "cursor", query.cursor());
  }

  /** The address of the page before this one; null on the first. */
  @Nullable String previous() {
    PageCursor cursor = listed.previous();
    return listed.before() == 0
        ? null
        : address(PATH, "cursor", cursor == null ? null : cursor.text());
  }

  /** The address of the page after this one; null on the last. */
  @Nullable String next() {
    PageCursor cursor = listed.next();
    return cursor == null ? null : address(PATH, "cursor", cursor.text());
  }

  /** The address of the same rows as JSON. */
  String json() {
    return address("/api/v1/recommendations", "cursor", null);
  }

  /** The address of all rows as a file. */
  String csv() {
    return address("/recommendations.csv", "limit", null);
  }

  /** With another value of one parameter, and from the beginning. */
  private String address(String path, String name, @Nullable String value) {
    Map<String, @Nullable String> parameters = new LinkedHashMap<>();
    parameters.put("market", query.market());
    parameters.put("category", query.category());
    parameters.put("brand", query.brand());
    parameters.put("lifecycle", query.lifecycle());
    parameters.put("min_potential", query.minPotential());
    parameters.put("q", query.q());
    parameters.put("sort", named(query.order()));
    parameters.put("limit", query.limit());
    parameters.put(name, value);
    return SiteAddress.of(path, parameters);
  }
}
