package io.trendflow.serving;

import io.trendflow.model.ModelFile;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.Table;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Reads a run, one part after the other; only the scores are needed. */
final class SnapshotLoader {
  private static final String[] BY_PRODUCT = {"product_id", "market"};

  private final Warehouse warehouse;
  private final Run run;
  private final List<Run> runs;
  private final List<String> problems = new ArrayList<>();

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

  private interface Part {
    void read() throws UnreadableException;
  }

  /**
   * Reads it.
   *
   * @throws UnreadableException when its rows are not what it says it published
   */
  Snapshot load() throws UnreadableException {
    ByProduct<Score> scores = scores();
    List<Score> rows = scores.rows();
    Set<String> markets = new TreeSet<>();
    List<RollUp> marketSums = RollUp.of(rows, Score::market);
    marketSums.forEach(sum -> markets.add(sum.market()));
    Map<Sort, Ranking> rankings = new EnumMap<>(Sort.class);
    for (Sort sort : Sort.values()) {
      rankings.put(sort, new Ranking(sort, run, scores, markets));
    }
    return new Snapshot(
        run,
        scores,
        rankings,
        new SearchText(rows),
        markets,
        RollUp.of(rows, Score::category),
        RollUp.of(rows, Score::brand),
        marketSums,
        past(scores),
        catalogue(),
        sold(),
        movers(scores),
        models(),
        ingests(),
        problems);
  }

  private ByProduct<Score> scores() throws UnreadableException {
    ByProduct<Score> scores = new ByProduct<>(Score.class);
    warehouse.read(
        Selection.batches(Table.SCORES, List.of(run.runId())).orderedBy(BY_PRODUCT),
        Score.class,
        score -> {
          if (!score.runId().equals(run.runId())) {
            throw new IllegalArgumentException("its folder has rows of run " + score.runId());
          }
          scores.add(score);
        });
    if (scores.rows().size() != run.scoredRows()) {
      throw new UnreadableException(
          "its folder has %d rows and the run published %d"
              .formatted(scores.rows().size(), run.scoredRows()));
    }
    return scores;
  }

  /** A part that can't be read is left empty or half, and said. */
  private void part(String name, Part part) {
    try {
      part.read();
    } catch (UnreadableException e) {
      problems.add(name + " can't be read: " + e.getMessage() + ".");
    }
  }

  private PastScores past(ByProduct<Score> scores) {
    PastScores past = new PastScores(scores);
    Set<Object> days = new TreeSet<>(Set.of(run.asOf()));
    runs.stream()
        .filter(r -> r.horizonDays() == run.horizonDays())
        .filter(r -> r.asOf().isBefore(run.asOf()) && days.add(r.asOf()))
        .limit(Snapshot.PAST_RUNS)
        .forEach(r -> part("The history of run " + r.title(), () -> past(r, past)));
    return past;
  }

  private void past(Run earlier, PastScores past) throws UnreadableException {
    PastScores.OfRun ofRun = past.begin(earlier);
    warehouse.read(
        Selection.batches(Table.SCORES, List.of(earlier.runId())).orderedBy(BY_PRODUCT),
        PastScores.Row.class,
        ofRun::add);
  }

  private Catalogue catalogue() {
    Catalogue catalogue = new Catalogue(Run.endOf(run.asOf()));
    part(
        "The catalogue",
        () ->
            warehouse.read(
                Selection.batches(Table.CATALOG, run.ingestIds())
                    .orderedBy("product_id", "market", "available_at"),
                CatalogEntry.class,
                catalogue::add));
    catalogue.end();
    return catalogue;
  }

  private ByProduct<SoldDays> sold() {
    ByProduct<SoldDays> sold = new ByProduct<>(SoldDays.class);
    part("The sales", () -> warehouse.soldDays(run.ingestIds(), Run.endOf(run.asOf()), sold::add));
    return sold;
  }

  private List<Mover> movers(ByProduct<Score> scores) {
    Movers movers = new Movers(run.asOf(), scores);
    long days = 7L * Mover.WEEKS + Mover.STALE_DAYS;
    part(
        "The trends",
        () -> {
          warehouse.read(
              Selection.batches(Table.PRODUCT_KEYWORDS, List.of(run.runId())),
              ProductKeyword.class,
              movers::add);
          warehouse.read(
              Selection.batches(Table.SIGNALS, run.ingestIds())
                  .since("observed_on", run.asOf().minusDays(days))
                  .orderedBy("source", "metric", "keyword", "geo"),
              Signal.class,
              movers::add);
        });
    return movers.end();
  }

  private List<Model> models() {
    List<ModelEvent> events = new ArrayList<>();
    List<Model.Importance> importances = new ArrayList<>();
    part(
        "The models",
        () -> {
          warehouse.read(Selection.all(Table.MODELS), ModelEvent.class, events::add);
          for (ModelEvent event : events) {
            if (event.modelId().equals(run.modelId()) && event.artifact() != null) {
              importances.addAll(importances(warehouse.artifact(event.artifact())));
              break;
            }
          }
        });
    return Model.of(events, run, importances);
  }

  private static List<Model.Importance> importances(byte[] file) throws UnreadableException {
    try {
      TrendModel model = ModelFile.read(new ByteArrayInputStream(file));
      double[] shares = model.importances();
      return IntStream.range(0, shares.length)
          .mapToObj(i -> new Model.Importance(model.features().get(i).name(), shares[i]))
          .sorted(Comparator.comparingDouble(Model.Importance::share).reversed())
          .toList();
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableException(Objects.toString(e.getMessage()), e);
    }
  }

  private List<Ingest> ingests() {
    List<Ingest> ingests = new ArrayList<>();
    part(
        "The ingests",
        () ->
            warehouse.read(
                Selection.batches(Table.INGESTS, run.ingestIds()), Ingest.class, ingests::add));
    return ingests;
  }
}
