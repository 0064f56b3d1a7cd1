package io.trendflow.serving;

import io.trendflow.schemas.Table;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads a run: the scores, which it can't do without, then what belongs to them. */
final class SnapshotLoader {
  private final Warehouse warehouse;
  private final Run run;
  private final List<Run> runs;

  private final ByProduct<Score> scores = new ByProduct<>(Score.class);
  private final SearchText search = new SearchText();
  private final RollUps markets = new RollUps(Score::market);
  private final RollUps categories = new RollUps(Score::category);
  private final RollUps brands = new RollUps(Score::brand);

  /**
   * Reads nothing yet.
   *
   * @param runs those that the history may be of, the latest first
   */
  SnapshotLoader(Warehouse warehouse, Run run, List<Run> runs) {
    this.warehouse = warehouse;
    this.run = run;
    this.runs = runs;
  }

  /**
   * Reads it, once.
   *
   * @throws UnreadableException when its rows are not what it says it published
   */
  Snapshot load() throws UnreadableException {
    readScores();
    List<RollUp> marketSums = markets.end();
    Set<String> names = new TreeSet<>();
    marketSums.forEach(sum -> names.add(sum.market()));
    Surroundings around = new Surroundings(warehouse, run);
    return new Snapshot(
        run,
        scores,
        Ranking.of(run, scores, names),
        search,
        names,
        categories.end(),
        brands.end(),
        marketSums,
        around.past(scores, runs),
        around.catalogue(),
        around.sold(),
        around.movers(scores),
        around.models(),
        around.ingests(),
        around.problems());
  }

  private void readScores() throws UnreadableException {
    warehouse.read(
        Selection.batches(Table.SCORES, List.of(run.runId())).orderedBy("product_id", "market"),
        Score.class,
        this::add);
    scores.end();
    search.end();
    if (scores.rows().size() != run.scoredRows()) {
      throw new UnreadableException(
          "its batch has %d rows and the run published %d"
              .formatted(scores.rows().size(), run.scoredRows()));
    }
  }

  private void add(Score score) {
    if (!score.runId().equals(run.runId())) {
      throw new IllegalArgumentException("its batch has rows of run " + score.runId());
    }
    scores.add(score);
    search.add(score);
    markets.add(score);
    categories.add(score);
    brands.add(score);
  }
}
