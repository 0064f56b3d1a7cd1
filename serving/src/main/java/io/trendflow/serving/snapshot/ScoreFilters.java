package io.trendflow.serving.snapshot;

import io.trendflow.serving.store.NumberColumn;
import io.trendflow.serving.store.PackedRecords;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.TermColumn;
import io.trendflow.serving.store.TextColumn;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Filters of a list of scores; null means any value.
 *
 * @param minPotential smallest potential
 * @param query words that a row must contain
 * @param checkStock whether only the products are listed that may be out of stock; otherwise all
 *     but these, and if it is null, both
 */
public record ScoreFilters(
    @Nullable String market,
    @Nullable String category,
    @Nullable String brand,
    @Nullable String lifecycle,
    double minPotential,
    @Nullable String query,
    @Nullable Boolean checkStock) {

  /** Returns filters by market, category and lifecycle. */
  public static ScoreFilters of(
      @Nullable String market, @Nullable String category, @Nullable String lifecycle) {
    return new ScoreFilters(market, category, null, lifecycle, 0, null, null);
  }

  /**
   * Returns a predicate for the rows that pass all filters but the market; null if all rows pass.
   */
  public @Nullable IntPredicate on(RunSnapshot snapshot) {
    PackedRecords<ScoreRecord> rows = snapshot.scores().rows();
    IntPredicate all = null;
    all = and(all, category == null ? null : texts(rows, "category").is(category));
    all = and(all, brand == null ? null : texts(rows, "brand").is(brand));
    all = and(all, lifecycle == null ? null : texts(rows, "lifecycle").is(lifecycle));
    if (minPotential > 0) {
      NumberColumn potential = rows.column("potential", NumberColumn.class);
      all = and(all, row -> potential.number(row) >= minPotential);
    }
    all = and(all, checkStock == null ? null : silent(rows, checkStock));
    return and(all, query == null ? null : snapshot.search().matches(query));
  }

  private static @Nullable IntPredicate silent(PackedRecords<ScoreRecord> rows, boolean isWanted) {
    IntPredicate silent = rows.column("checkStock", TermColumn.class).is(true);
    if (silent == null) {
      return isWanted ? row -> false : null;
    }
    return isWanted ? silent : silent.negate();
  }

  private static TextColumn texts(PackedRecords<ScoreRecord> rows, String component) {
    return rows.column(component, TextColumn.class);
  }

  public static @Nullable IntPredicate and(@Nullable IntPredicate a, @Nullable IntPredicate b) {
    if (a == null) {
      return b;
    }
    return b == null ? a : a.and(b);
  }
}
