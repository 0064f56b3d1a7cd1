package io.trendflow.serving;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The rows of the scores in one order, of all markets and of each: by a column, then by the uplift
 * that the run is ranked by, both the largest first and what is unknown last, then by product_id
 * and market.
 */
final class Ranking {
  private final ByProduct<Score> scores;
  private final Column.Numbers values;
  private final Column.Numbers uplift;
  private final int[] everywhere;
  private final Map<String, int[]> byMarket = new HashMap<>();

  Ranking(Sort sort, Run run, ByProduct<Score> scores, Iterable<String> markets) {
    this.scores = scores;
    this.values = numbers(scores, sort.component());
    this.uplift =
        numbers(scores, run.rankedBy().equals("uplift_revenue") ? "upliftRevenue" : "upliftUnits");
    Integer[] rows = IntStream.range(0, scores.rows().size()).boxed().toArray(Integer[]::new);
    Comparator<Integer> best =
        Comparator.comparingDouble((Integer row) -> last(values.number(row)))
            .thenComparingDouble(row -> last(uplift.number(row)))
            .reversed();
    Arrays.parallelSort(rows, best); // stable, so that equal rows stay in the order of products
    everywhere = Arrays.stream(rows).mapToInt(Integer::intValue).toArray();
    for (String market : markets) {
      IntPredicate own = scores.rows().column("market", Column.Texts.class).is(market);
      byMarket.put(market, Arrays.stream(everywhere).filter(own).toArray());
    }
  }

  private static Column.Numbers numbers(ByProduct<Score> scores, String component) {
    return scores.rows().column(component, Column.Numbers.class);
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
