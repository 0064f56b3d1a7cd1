package io.trendflow.serving;

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
 * @param rows the rows of this page
 * @param total rows of all pages
 */
record Page(
    Snapshot snapshot,
    boolean degraded,
    List<String> warnings,
    Filters filters,
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

  static Page of(Served served, Filters filters) {
    Snapshot snapshot = served.required();
    List<Score> scores = snapshot.select(filters);
    List<Row> rows = filters.page(scores).stream().map(Row::new).toList();
    return new Page(
        snapshot, served.degraded(), served.degradedReasons(), filters, rows, scores.size());
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
    return snapshot.markets().size() > 1 && filters.market() == null;
  }

  boolean filtered() {
    return filters.market() != null || filters.lifecycle() != null || filters.category() != null;
  }

  /** The filters that there is a choice for. */
  List<Choice> choices() {
    List<Choice> choices = new ArrayList<>();
    choices.add(
        new Choice("market", "Market", "All markets", snapshot.markets(), filters.market()));
    choices.add(
        new Choice(
            "lifecycle", "Lifecycle", "Any lifecycle", Filters.LIFECYCLES, filters.lifecycle()));
    choices.add(
        new Choice(
            "category", "Category", "All categories", snapshot.categories(), filters.category()));
    choices.removeIf(choice -> choice.values().size() < 2 && choice.chosen() == null);
    return choices;
  }

  /** The address of the page before this one; null on the first. */
  @Nullable String previous() {
    return filters.offset() == 0
        ? null
        : "/" + query(Math.max(0, Math.min(filters.offset(), total) - filters.limit()));
  }

  /** The address of the page after this one; null on the last. */
  @Nullable String next() {
    int offset = filters.offset() + filters.limit();
    return offset < total ? "/" + query(offset) : null;
  }

  /** The address of the same rows as JSON. */
  String json() {
    return "/api/v1/recommendations" + query(filters.offset());
  }

  private String query(int offset) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("market", filters.market());
    parameters.put("lifecycle", filters.lifecycle());
    parameters.put("category", filters.category());
    parameters.put("limit", filters.limit() == Filters.DEFAULT_LIMIT ? null : filters.limit());
    parameters.put("offset", offset == 0 ? null : offset);
    parameters.values().removeIf(Objects::isNull);
    return parameters.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + encoded(String.valueOf(entry.getValue())))
        .collect(Collectors.joining("&", parameters.isEmpty() ? "" : "?", ""));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
