package io.trendflow.serving.snapshot;

import io.trendflow.serving.store.NumberColumn;
import io.trendflow.serving.store.PackedRecords;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.TermColumn;
import java.math.BigDecimal;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of a list of scores; 0 means no bound. A row without a value passes only if its column has
 * no bound.
 *
 * @param potential smallest potential
 * @param chance smallest chance to beat the usual pace, from 0 to 1
 * @param units smallest number of expected units
 * @param leastPrice lowest price, in the market's currency
 * @param mostPrice highest price, in the market's currency
 */
public record ScoreBounds(
    double potential, double chance, double units, double leastPrice, double mostPrice) {
  public static final ScoreBounds NONE = new ScoreBounds(0, 0, 0, 0, 0);

  /** Returns a predicate for the rows within all bounds; null if all rows are. */
  @Nullable IntPredicate on(PackedRecords<ScoreRecord> rows) {
    IntPredicate all = atLeast(rows, "potential", potential);
    all = ScoreFilters.and(all, atLeast(rows, "chance", chance));
    all = ScoreFilters.and(all, atLeast(rows, "expectedUnits", units));
    all = ScoreFilters.and(all, leastPrice > 0 ? priced(rows, p -> p >= leastPrice) : null);
    return ScoreFilters.and(all, mostPrice > 0 ? priced(rows, p -> p <= mostPrice) : null);
  }

  private static @Nullable IntPredicate atLeast(
      PackedRecords<ScoreRecord> rows, String component, double least) {
    if (least <= 0) {
      return null;
    }
    NumberColumn values = rows.column(component, NumberColumn.class);
    return row -> values.number(row) >= least; // false for NaN
  }

  private static IntPredicate priced(PackedRecords<ScoreRecord> rows, DoublePredicate within) {
    TermColumn prices = rows.column("price", TermColumn.class);
    return row -> prices.get(row) instanceof BigDecimal price && within.test(price.doubleValue());
  }
}
