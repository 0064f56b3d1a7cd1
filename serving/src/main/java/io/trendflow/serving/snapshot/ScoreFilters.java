package io.trendflow.serving.snapshot;

import io.trendflow.serving.store.ByProduct;
import io.trendflow.serving.store.PackedRecords;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.TermColumn;
import io.trendflow.serving.store.TextColumn;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Filters of a list of scores; null means any value.
 *
 * @param state state as the scores have it, such as RISER
 * @param driver family of the main reason
 * @param keyword trend keyword that belongs to the product
 * @param query words that a row must contain
 * @param checkStock whether only the products are listed that may be out of stock; otherwise all
 *     but these, and if it is null, both
 * @param products ids of the products; empty for all products
 */
public record ScoreFilters(
    @Nullable String market,
    @Nullable String category,
    @Nullable String brand,
    @Nullable String lifecycle,
    @Nullable String state,
    @Nullable String driver,
    @Nullable String keyword,
    ScoreBounds bounds,
    @Nullable String query,
    @Nullable Boolean checkStock,
    List<String> products) {

  /** Returns filters by market, category, brand and lifecycle. */
  public static ScoreFilters of(
      @Nullable String market,
      @Nullable String category,
      @Nullable String brand,
      @Nullable String lifecycle) {
    return new ScoreFilters(
        market,
        category,
        brand,
        lifecycle,
        null,
        null,
        null,
        ScoreBounds.NONE,
        null,
        null,
        List.of());
  }

  /** Returns the same filters for a list as it is first shown, of a state or of all. */
  public ScoreFilters inState(@Nullable String ofState) {
    return new ScoreFilters(
        market, category, brand, lifecycle, ofState, driver, keyword, bounds, query, false,
        products);
  }

  /** Returns the same filters for the products that may be out of stock. */
  public ScoreFilters outOfStock() {
    return new ScoreFilters(
        market, category, brand, lifecycle, state, driver, keyword, bounds, query, true, products);
  }

  /**
   * Returns a predicate for the rows that pass all filters but the market; null if all rows pass.
   */
  public @Nullable IntPredicate on(RunSnapshot snapshot) {
    PackedRecords<ScoreRecord> rows = snapshot.scores().rows();
    IntPredicate all = products.isEmpty() ? null : listed(snapshot.scores());
    all = and(all, category == null ? null : texts(rows, "category").is(category));
    all = and(all, brand == null ? null : texts(rows, "brand").is(brand));
    all = and(all, lifecycle == null ? null : texts(rows, "lifecycle").is(lifecycle));
    all = and(all, state == null ? null : texts(rows, "state").is(state));
    all = and(all, driver == null ? null : snapshot.drivers().is(driver));
    all = and(all, keyword == null ? null : snapshot.keywords().of(keyword));
    all = and(all, bounds.on(rows));
    all = and(all, checkStock == null ? null : silent(rows, checkStock));
    return and(all, query == null ? null : snapshot.search().matches(query));
  }

  private IntPredicate listed(ByProduct<ScoreRecord> scores) {
    BitSet listed = new BitSet();
    for (String id : products) {
      for (int row = scores.firstFrom(id, ""); scores.isOf(row, id); row++) {
        listed.set(row);
      }
    }
    return listed::get;
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
