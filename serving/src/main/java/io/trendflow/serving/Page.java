package io.trendflow.serving;

import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the dashboard lists.
 *
 * @param degraded true when the banner is shown, with the warnings
 * @param markets those that there is a choice of
 * @param categories likewise
 * @param offset rows of the pages before
 * @param limit rows of a page at most
 * @param rows the rows of this page
 * @param total rows of all pages
 */
record Page(
    Snapshot snapshot,
    boolean degraded,
    List<String> warnings,
    Filters filters,
    Collection<String> markets,
    Collection<String> categories,
    int offset,
    int limit,
    List<Row> rows,
    int total) {

  /**
   * A filter of the form.
   *
   * @param everything what no choice is called
   */
  record Choice(
      String name,
      String label,
      String everything,
      Collection<String> values,
      @Nullable String chosen) {}

  static final int MOST = 500;
  static final int USUAL = 50;

  /**
   * What a request asks for.
   *
   * @throws ProblemException when a parameter is unknown or has a value it can't have
   */
  static Page of(HttpRequest<?> request, Served served) {
    HttpParameters asked = request.getParameters();
    Parameters.allowOnly(asked, List.of("market", "lifecycle", "category", "limit", "offset"));
    View view = new View(served, Access.of(request), Reasons.ENGLISH);
    Filters filters =
        Filters.of(
            Parameters.oneOf("market", asked.get("market"), view.markets()),
            Parameters.oneOf("category", asked.get("category"), view.categories()),
            Parameters.oneOf("lifecycle", asked.get("lifecycle"), Lifecycle.SCORED));
    int offset = Parameters.whole("offset", asked.get("offset"), 0, 0, Integer.MAX_VALUE);
    int limit = Parameters.whole("limit", asked.get("limit"), USUAL, 1, MOST);
    List<Score> scores = view.select(filters, Sort.POTENTIAL);
    int from = Math.min(offset, scores.size());
    List<Score> shown = scores.subList(from, from + Math.min(limit, scores.size() - from));
    return new Page(
        view.snapshot(),
        served.degraded(),
        served.degradedReasons(),
        filters,
        view.markets(),
        view.categories(),
        offset,
        limit,
        shown.stream().map(Row::new).toList(),
        scores.size());
  }

  Run run() {
    return snapshot.run();
  }

  /** The days predicted for a product on sale. */
  String period() {
    LocalDate cutoff = run().asOf();
    return Wording.days(cutoff.plusDays(1), cutoff.plusDays(run().horizonDays()));
  }

  /** Whether rows of several markets may stand beside each other. */
  boolean acrossMarkets() {
    return markets.size() > 1 && filters.market() == null;
  }

  boolean filtered() {
    return filters.market() != null || filters.lifecycle() != null || filters.category() != null;
  }

  /** The filters that there is a choice for. */
  List<Choice> choices() {
    List<Choice> choices = new ArrayList<>();
    choices.add(new Choice("market", "Market", "All markets", markets, filters.market()));
    choices.add(
        new Choice(
            "lifecycle", "Lifecycle", "Any lifecycle", Lifecycle.SCORED, filters.lifecycle()));
    choices.add(
        new Choice("category", "Category", "All categories", categories, filters.category()));
    choices.removeIf(choice -> choice.values().size() < 2 && choice.chosen() == null);
    return choices;
  }

  /** The address of the page before this one; null on the first. */
  @Nullable String previous() {
    return offset == 0 ? null : "/" + query(Math.max(0, Math.min(offset, total) - limit));
  }

  /** The address of the page after this one; null on the last. */
  @Nullable String next() {
    int end = offset + limit;
    return end < total ? "/" + query(end) : null;
  }

  /** The address of the same rows as JSON. */
  String json() {
    return "/api/v1/recommendations" + query(0);
  }

  private String query(int from) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("market", filters.market());
    parameters.put("lifecycle", filters.lifecycle());
    parameters.put("category", filters.category());
    parameters.put("limit", limit == USUAL ? null : limit);
    parameters.put("offset", from == 0 ? null : from);
    parameters.values().removeIf(Objects::isNull);
    return parameters.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + encoded(String.valueOf(entry.getValue())))
        .collect(Collectors.joining("&", parameters.isEmpty() ? "" : "?", ""));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
