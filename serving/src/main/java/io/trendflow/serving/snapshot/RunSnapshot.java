package io.trendflow.serving.snapshot;

import io.trendflow.serving.store.ByProduct;
import io.trendflow.serving.store.IngestRecord;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.SoldDays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A run with all that lists and products need of it, in memory and never changed.
 *
 * @param scores every row of the run
 * @param rankings the rows in each order
 * @param markets the markets that have a score, sorted
 * @param categories sums by market and category
 * @param brands sums by market and brand
 * @param marketSums sums by market
 * @param sold every product that was ever sold
 * @param movers the trends that move, the fastest rising first
 * @param ingests those that the run read
 * @param problems a sentence for each part that can't be read and is empty
 */
public record RunSnapshot(
    Run run,
    ByProduct<ScoreRecord> scores,
    Map<ScoreSort, RankedRows> rankings,
    SearchText search,
    Set<String> markets,
    List<RollUp> categories,
    List<RollUp> brands,
    List<RollUp> marketSums,
    PastScores past,
    CatalogSnapshot catalogue,
    ByProduct<SoldDays> sold,
    List<Mover> movers,
    List<Model> models,
    List<IngestRecord> ingests,
    List<String> problems) {
  /** Earlier runs whose scores are kept; one for each as_of. */
  static final int PAST_RUNS = 12;

  public RankedRows ranking(ScoreSort sort) {
    return Objects.requireNonNull(rankings.get(sort));
  }
}
