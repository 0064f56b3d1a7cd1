package io.trendflow.serving.snapshot;

import io.trendflow.serving.store.ByProduct;
import io.trendflow.serving.store.NumberColumn;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.TextColumn;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/**
 * Ranking of the score rows by one sort order, over all markets and for each market. Rows are
 * ordered by the sort column, then by the uplift that the run is ranked by (both descending,
 * unknown values last), then by product_id and market.
 */
public final class RankedRows {
  private final ByProduct<ScoreRecord> scores;
  private final IntToDoubleFunction values;
  private final NumberColumn uplift;
  private final int[] everywhere;
  private final Map<String, int[]> byMarket = new HashMap<>();

  private RankedRows(
      ByProduct<ScoreRecord> scores,
      IntToDoubleFunction values,
      NumberColumn uplift,
      int[] everywhere) {
    this.scores = scores;
    this.values = values;
    this.uplift = uplift;
    this.everywhere = everywhere;
  }

  /** Ranks the rows by each sort order. */
  static Map<ScoreSort, RankedRows> of(
      Run run, ByProduct<ScoreRecord> scores, Iterable<String> markets) {
    NumberColumn uplift =
        numbers(scores, run.rankedBy().equals("uplift_revenue") ? "upliftRevenue" : "upliftUnits");
    int[] byUplift = RowOrder.descending(RowOrder.natural(scores.rows().size()), uplift::number);
    Map<ScoreSort, RankedRows> rankings = new EnumMap<>(ScoreSort.class);
    for (ScoreSort sort : ScoreSort.values()) {
      NumberColumn column = numbers(scores, sort.component());
      IntToDoubleFunction values = row -> sort.key(column, row);
      RankedRows ranking =
          new RankedRows(scores, values, uplift, RowOrder.descending(byUplift, values));
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

  private static NumberColumn numbers(ByProduct<ScoreRecord> scores, String component) {
    return scores.rows().column(component, NumberColumn.class);
  }

  private static double last(double value) {
    return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
  }

  /** Returns all rows, best first. */
  public int[] everywhere() {
    return everywhere;
  }

  /** Returns the rows of a market, best first. */
  public int[] in(String market) {
    return byMarket.getOrDefault(market, new int[0]);
  }

  /** Returns the place of a row in this order. */
  public PageCursor.Place place(int row) {
    ScoreRecord score = scores.rows().get(row);
    return new PageCursor.Place(
        last(values.applyAsDouble(row)),
        last(uplift.number(row)),
        score.productId(),
        score.market());
  }

  /** Counts the rows that are at the place or before it; the rows must be in this order. */
  public int behind(PageCursor.Place place, int[] rows) {
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

  private boolean atOrBefore(int row, PageCursor.Place place, int firstFrom) {
    int order = Double.compare(place.value(), last(values.applyAsDouble(row)));
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
