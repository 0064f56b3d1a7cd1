package io.trendflow.serving.dashboard;

import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.store.CatalogRecord;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.ScoreRecord;
import org.jspecify.annotations.Nullable;

/**
 * Row of a list: a score as text, the change of its rank, and its order.
 *
 * @param ranksUp ranks that the product went up since the run that the list is compared with; below
 *     0 if it went down, null if it has no rank there or nothing is compared
 * @param isNew whether that run had no rank of the product
 * @param entry catalogue entry of the product; null if there is none
 */
record ListRow(
    ScoreRow text,
    @Nullable Integer ranksUp,
    boolean isNew,
    OrderUnits order,
    @Nullable CatalogRecord entry) {
  static ListRow of(ScoreRecord score, ListPage page) {
    CallerView view = page.view();
    Run compared = page.rankedBefore();
    int before = compared == null ? 0 : view.rankBefore(score);
    return new ListRow(
        new ScoreRow(score, page.language()),
        before == 0 ? null : (Integer) (before - Math.toIntExact(score.rank())),
        compared != null && before == 0,
        new OrderUnits(page.proposals().candidate(view, score), page.language()),
        view.entry(score.productId(), score.market()));
  }

  /** Returns the absolute number of ranks by which the product moved; empty if it did not. */
  String moved() {
    return ranksUp == null || ranksUp == 0 ? "" : String.valueOf(Math.abs(ranksUp));
  }

  boolean rose() {
    return ranksUp != null && ranksUp > 0;
  }
}
