package io.trendflow.serving.snapshot;

import io.trendflow.serving.store.NumberColumn;
import io.trendflow.serving.store.PackedRecords;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.TextColumn;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which scores are asked for; null is every value.
 *
 * @param minPotential the least potential
 * @param query words that a row must have
 */
public record ScoreFilters(
    @Nullable String market,
    @Nullable String category,
    @Nullable String brand,
    @Nullable String lifecycle,
    double minPotential,
    @Nullable String query) {

  /** Every value of these. */
  public static ScoreFilters of(
      @Nullable String market, @Nullable String category, @Nullable String lifecycle) {
    return new ScoreFilters(market, category, null, lifecycle, 0, null);
  }

  /** The rows of a snapshot that they let through, the market left aside; null for all of them. */
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
    return and(all, query == null ? null : snapshot.search().matches(query));
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
