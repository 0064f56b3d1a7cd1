package io.trendflow.serving.snapshot;

import io.trendflow.serving.calendar.CalendarPulls;
import io.trendflow.serving.store.ByProduct;
import io.trendflow.serving.store.IngestRecord;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.SoldDays;
import io.trendflow.serving.store.TermColumn;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Immutable in-memory snapshot of a run and of the data that lists and product pages need.
 *
 * @param scores all rows of the run
 * @param rankings ranking of the rows by each sort order
 * @param drivers family of the main reason of each row
 * @param markets markets that have a score, sorted
 * @param categories sums by market and category
 * @param brands sums by market and brand
 * @param marketSums sums by market
 * @param driverSums sums by market and family of the main reason, of the products that are listed
 *     unasked: without those that may be out of stock
 * @param calendar times of the pulls of the calendars
 * @param sold all products that were ever sold
 * @param movers trend series that move, the fastest rising first
 * @param keywords rows that each keyword belongs to
 * @param ingests ingests that the run read
 * @param problems a sentence for each part that could not be read and is therefore empty
 */
public record RunSnapshot(
    Run run,
    ByProduct<ScoreRecord> scores,
    Map<ScoreSort, RankedRows> rankings,
    SearchText search,
    TermColumn drivers,
    Set<String> markets,
    List<RollUp> categories,
    List<RollUp> brands,
    List<RollUp> marketSums,
    List<RollUp> driverSums,
    PastScores past,
    CatalogSnapshot catalogue,
    StockSnapshot stock,
    CalendarPulls calendar,
    ByProduct<SoldDays> sold,
    List<MovingSeries> movers,
    KeywordRows keywords,
    List<Model> models,
    List<IngestRecord> ingests,
    List<String> problems) {
  /** Maximum number of earlier runs whose scores are kept, one for each as_of. */
  static final int PAST_RUNS = 12;

  public RankedRows ranking(ScoreSort sort) {
    return Objects.requireNonNull(rankings.get(sort));
  }
}
