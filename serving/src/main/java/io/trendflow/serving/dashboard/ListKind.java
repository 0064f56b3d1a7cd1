package io.trendflow.serving.dashboard;

import io.trendflow.serving.api.ScoreQuery;
import io.trendflow.serving.snapshot.ScoreSort;
import io.trendflow.serving.web.QueryParameters;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** List with a page of its own: the filter that makes it, and its order unless another is asked. */
enum ListKind {
  TODAY("/", ScoreSort.POTENTIAL, Map.of()),
  LAUNCHES("/launches", ScoreSort.POTENTIAL, Map.of("lifecycle", "launch")),
  SLOWING("/slowing", ScoreSort.LOSS, Map.of("state", "sinker"));

  private final String path;
  private final ScoreSort sort;
  private final Map<String, String> fixed;

  ListKind(String path, ScoreSort sort, Map<String, String> fixed) {
    this.path = path;
    this.sort = sort;
    this.fixed = fixed;
  }

  String path() {
    return path;
  }

  ScoreSort sort() {
    return sort;
  }

  /** Returns whether a filter is the list's own, so that the user can't choose it. */
  boolean fixes(String filter) {
    return fixed.containsKey(filter);
  }

  /** Returns the key of a text about this list. */
  String key(String text) {
    return "list." + name().toLowerCase(Locale.ROOT) + "." + text;
  }

  /** Returns a query with the list's own filter, and its order if none is asked for. */
  ScoreQuery complete(ScoreQuery asked) {
    return asked.with(
        fixed.getOrDefault("lifecycle", asked.lifecycle()),
        fixed.getOrDefault("state", asked.state()),
        Objects.requireNonNullElse(QueryParameters.text(asked.sort()), sort.label()));
  }
}
