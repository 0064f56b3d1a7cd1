package io.trendflow.serving.snapshot;

import io.trendflow.schemas.Table;
import io.trendflow.serving.calendar.CalendarPulls;
import io.trendflow.serving.store.ByProduct;
import io.trendflow.serving.store.RowSelection;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.SoldDays;
import io.trendflow.serving.store.TermColumn;
import io.trendflow.serving.store.UnreadableException;
import io.trendflow.serving.store.Warehouse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Loads the snapshot of a run: its scores, which are required, then the data that belongs to them.
 */
public final class SnapshotLoader {
  private final Warehouse warehouse;
  private final Run run;
  private final List<Run> runs;

  private final ByProduct<ScoreRecord> scores = new ByProduct<>(ScoreRecord.class);
  private final SearchText search = new SearchText();
  private final TermColumn drivers = new TermColumn();
  private final RollUps markets = new RollUps(ScoreRecord::market);
  private final RollUps categories = new RollUps(ScoreRecord::category);
  private final RollUps brands = new RollUps(ScoreRecord::brand);
  private final RollUps byDriver = new RollUps(SnapshotLoader::driver);

  /**
   * Creates a loader, which reads nothing yet.
   *
   * @param runs runs whose scores may be part of the history, the latest first
   */
  public SnapshotLoader(Warehouse warehouse, Run run, List<Run> runs) {
    this.warehouse = warehouse;
    this.run = run;
    this.runs = runs;
  }

  /**
   * Loads the snapshot; must be called once only.
   *
   * @throws UnreadableException if the scores can't be read or differ from what the run published
   */
  public RunSnapshot load() throws UnreadableException {
    readScores();
    List<RollUp> marketSums = markets.end();
    Set<String> names = names(marketSums);
    RunContextLoader around = new RunContextLoader(warehouse, run);
    MoverFinder trends = around.trends(scores);
    return new RunSnapshot(
        run,
        scores,
        RankedRows.of(run, scores, names),
        search,
        drivers,
        names,
        categories.end(),
        brands.end(),
        marketSums,
        byDriver.end(),
        around.past(scores, runs),
        around.catalogue(),
        around.stock(),
        around.calendar(),
        around.sold(),
        trends.end(),
        trends.rows(),
        around.models(),
        around.ingests(),
        around.problems());
  }

  /**
   * Loads a snapshot of the scores alone, for lists of an earlier run; must be called once only.
   *
   * @throws UnreadableException as {@link #load} does
   */
  public RunSnapshot loadScores() throws UnreadableException {
    readScores();
    List<RollUp> marketSums = markets.end();
    Set<String> names = names(marketSums);
    return new RunSnapshot(
        run,
        scores,
        RankedRows.of(run, scores, names),
        search,
        drivers,
        names,
        categories.end(),
        brands.end(),
        marketSums,
        byDriver.end(),
        new PastScores(scores),
        new CatalogSnapshot(Run.endOf(run.asOf())),
        new StockSnapshot(Run.endOf(run.asOf())),
        new CalendarPulls(),
        new ByProduct<>(SoldDays.class),
        List.of(),
        new KeywordRows(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Set<String> names(List<RollUp> markets) {
    Set<String> names = new TreeSet<>();
    markets.forEach(sum -> names.add(sum.market()));
    return names;
  }

  private void readScores() throws UnreadableException {
    warehouse.read(
        RowSelection.batches(Table.SCORES, List.of(run.runId())).orderedBy("product_id", "market"),
        ScoreRecord.class,
        this::add);
    scores.end();
    search.end();
    drivers.trim();
    if (scores.rows().size() != run.scoredRows()) {
      throw new UnreadableException(
          "its batch has %d rows, but the run published %d"
              .formatted(scores.rows().size(), run.scoredRows()));
    }
  }

  private void add(ScoreRecord score) {
    if (!score.runId().equals(run.runId())) {
      throw new IllegalArgumentException("its batch has rows of run " + score.runId());
    }
    scores.add(score);
    search.add(score);
    drivers.add(driver(score));
    markets.add(score);
    categories.add(score);
    brands.add(score);
    if (!Boolean.TRUE.equals(score.checkStock())) {
      byDriver.add(score);
    }
  }

  /** Returns the family of the main reason; null if there is none. */
  private static @Nullable String driver(ScoreRecord score) {
    return score.reasons().isEmpty() ? null : score.reasons().get(0).family();
  }
}
