package io.trendflow.serving;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are asked for; null is every value.
 *
 * @param offset rows to leave out before the first
 * @param limit rows to give at most
 */
record Filters(
    @Nullable String market,
    @Nullable String lifecycle,
    @Nullable String category,
    int offset,
    int limit) {

  /** The lifecycles that are scored, whether or not a run has rows of each. */
  static final List<String> LIFECYCLES = List.of("launch", "delayed", "new", "established");

  static final int MAX_LIMIT = 500;
  static final int MAX_OFFSET = 999_999_999;
  static final int DEFAULT_LIMIT = 50;

  /**
   * Reads them from a request.
   *
   * @throws ProblemException when a parameter is unknown or has a value it can't have
   */
  static Filters of(QueryParameters parameters, Snapshot snapshot) {
    parameters.allowOnly("market", "lifecycle", "category", "limit", "offset");
    return new Filters(
        parameters.oneOf("market", snapshot.markets()),
        parameters.oneOf("lifecycle", LIFECYCLES),
        parameters.oneOf("category", snapshot.categories()),
        parameters.number("offset", 0, 0, MAX_OFFSET),
        parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
  }

  boolean accept(Score score) {
    return (market == null || market.equals(score.market()))
        && (lifecycle == null || lifecycle.equals(score.lifecycle()))
        && (category == null || category.equals(score.category()));
  }

  /** The asked part of the rows. */
  <T> List<T> page(List<T> rows) {
    int from = Math.min(offset, rows.size());
    return rows.subList(from, Math.min(from + limit, rows.size()));
  }
}
