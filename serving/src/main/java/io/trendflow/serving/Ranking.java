package io.trendflow.serving;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The rows of the scores in one order, of all markets and of each: by a column, then by the uplift
 * that the run is ranked by, both the largest first and what is unknown last, then by product_id
 * and market.
 */
final class Ranking {
  private final ByProduct<Score> scores;
  private final NumberColumn values;
  private final NumberColumn uplift;
  private final int[] everywhere;
  private final Map<String, int[]> byMarket = new HashMap<>();

  private Ranking(
      ByProduct<Score> scores, NumberColumn values, NumberColumn uplift, int[] everywhere) {
    this.scores = scores;
    this.values = values;
    this.uplift = uplift;
    this.everywhere = everywhere;
  }

  /** One for each order. */
  static Map<Sort, Ranking> of(Run run, ByProduct<Score> scores, Iterable<String> markets) {
    NumberColumn uplift =
        numbers(scores, run.rankedBy().equals("uplift_revenue") ? "upliftRevenue" : "upliftUnits");
    int[] byUplift = Order.descending(Order.natural(scores.rows().size()), uplift);
    Map<Sort, Ranking> rankings = new EnumMap<>(Sort.class);
    for (Sort sort : Sort.values()) {
      NumberColumn values = numbers(scores, sort.component());
      Ranking ranking = new Ranking(scores, values, uplift, Order.descending(byUplift, values));
      markets.forEach(ranking::add);
      rankings.put(sort, ranking);
    }
    return rankings;
  }

  private void add(String market) {
    IntPredicate own = scores.rows().column("market", TextColumn.class).is(market);
    int[] rows = Arrays.stream(everywhere).filter(own).toArray();
    byMarket.put(market, rows.length == everywhere.length ? everywhere : rows);
  }

  private static NumberColumn numbers(ByProduct<Score> scores, String component) {
    return scores.rows().column(component, NumberColumn.class);
  }

  private static double last(double value) {
    return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
  }

  /** All rows, best first. */
  int[] everywhere() {
    return everywhere;
  }

  /** The rows of a market, best first. */
  int[] in(String market) {
    return byMarket.getOrDefault(market, new int[0]);
  }

  /** The place of a row. */
  Cursor.Place place(int row) {
    Score score = scores.rows().get(row);
    return new Cursor.Place(
        last(values.number(row)), last(uplift.number(row)), score.productId(), score.market());
  }

  /** How many of the rows, which are in this order, lie at the place or before it. */
  int behind(Cursor.Place place, int[] rows) {
    int firstFrom = scores.firstFrom(place.productId(), place.market());
    int low = 0;
    int high = rows.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (atOrBefore(rows[middle], place, firstFrom)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean atOrBefore(int row, Cursor.Place place, int firstFrom) {
    int order = Double.compare(place.value(), last(values.number(row)));
    if (order == 0) {
      order = Double.compare(place.uplift(), last(uplift.number(row)));
    }
    if (order != 0) {
      return order < 0;
    }
    return row < firstFrom
        || (row == firstFrom && scores.compare(row, place.productId(), place.market()) == 0);
  }
}
