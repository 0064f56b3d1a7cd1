package io.trendflow.serving;

import io.trendflow.schemas.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads what belongs to a run besides its scores. What can't be read is left empty, and said; but
 * while the store doesn't answer nothing is, since it would stay empty when the store answers
 * again.
 */
final class Surroundings {
  private final Warehouse warehouse;
  private final Run run;
  private final List<String> problems = new ArrayList<>();

  private interface Part {
    void read() throws UnreadableException;
  }

  Surroundings(Warehouse warehouse, Run run) {
    this.warehouse = warehouse;
    this.run = run;
  }

  /** A sentence for each part that could not be read. */
  List<String> problems() {
    return problems;
  }

  private void part(String name, Part part) throws UnavailableException {
    try {
      part.read();
    } catch (UnavailableException e) {
      throw e;
    } catch (UnreadableException e) {
      problems.add(name + " can't be read: " + e.getMessage() + ".");
    }
  }

  /** What earlier runs said, of one for each as_of. */
  PastScores past(ByProduct<Score> scores, List<Run> runs) throws UnavailableException {
    PastScores past = new PastScores(scores);
    Set<Object> days = new TreeSet<>(Set.of(run.asOf()));
    List<Run> earlier =
        runs.stream()
            .filter(r -> r.horizonDays() == run.horizonDays())
            .filter(r -> r.asOf().isBefore(run.asOf()) && days.add(r.asOf()))
            .limit(Snapshot.PAST_RUNS)
            .toList();
    for (Run one : earlier) {
      part("The history of run " + one.title(), () -> past(one, past));
    }
    return past;
  }

  private void past(Run earlier, PastScores past) throws UnreadableException {
    PastScores.OfRun ofRun = past.begin(earlier);
    warehouse.read(
        Selection.batches(Table.SCORES, List.of(earlier.runId())).orderedBy("product_id", "market"),
        PastScores.Row.class,
        ofRun::add);
  }

  Catalogue catalogue() throws UnavailableException {
    Catalogue catalogue = new Catalogue(Run.endOf(run.asOf()));
    Selection entries =
        Selection.batches(Table.CATALOG, run.ingestIds())
            .orderedBy("product_id", "market", "available_at");
    part("The catalogue", () -> warehouse.read(entries, CatalogEntry.class, catalogue::add));
    catalogue.end();
    return catalogue;
  }

  ByProduct<SoldDays> sold() throws UnavailableException {
    ByProduct<SoldDays> sold = new ByProduct<>(SoldDays.class);
    part("The sales", () -> warehouse.soldDays(run.ingestIds(), Run.endOf(run.asOf()), sold::add));
    sold.end();
    return sold;
  }

  List<Mover> movers(ByProduct<Score> scores) throws UnavailableException {
    Movers movers = new Movers(run.asOf(), scores);
    Selection keywords = Selection.batches(Table.PRODUCT_KEYWORDS, List.of(run.runId()));
    Selection signals =
        Selection.batches(Table.SIGNALS, run.ingestIds())
            .since("observed_on", run.asOf().minusDays(Mover.DAYS))
            .orderedBy("source", "metric", "keyword", "geo");
    part(
        "The trends",
        () -> {
          warehouse.read(keywords, ProductKeyword.class, movers::add);
          warehouse.read(signals, Signal.class, movers::add);
        });
    return movers.end();
  }

  List<Model> models() throws UnavailableException {
    List<ModelEvent> events = new ArrayList<>();
    List<Model.Importance> importances = new ArrayList<>();
    part(
        "The models",
        () -> {
          warehouse.read(Selection.all(Table.MODELS), ModelEvent.class, events::add);
          String artifact = ModelEvent.artifact(events, run.modelId());
          if (artifact != null) {
            importances.addAll(Model.importances(warehouse.artifact(artifact)));
          }
        });
    return Model.of(events, run, importances);
  }

  List<Ingest> ingests() throws UnavailableException {
    List<Ingest> ingests = new ArrayList<>();
    Selection own = Selection.batches(Table.INGESTS, run.ingestIds());
    part("The ingests", () -> warehouse.read(own, Ingest.class, ingests::add));
    return ingests;
  }
}
