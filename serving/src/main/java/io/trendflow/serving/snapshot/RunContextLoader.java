package io.trendflow.serving.snapshot;

import io.trendflow.history.DayRange;
import io.trendflow.history.EpochTimes;
import io.trendflow.history.ProductState;
import io.trendflow.model.order.StockPosition;
import io.trendflow.schemas.Table;
import io.trendflow.serving.calendar.CalendarPulls;
import io.trendflow.serving.calendar.CalendarRecord;
import io.trendflow.serving.store.ByProduct;
import io.trendflow.serving.store.CatalogRecord;
import io.trendflow.serving.store.IngestRecord;
import io.trendflow.serving.store.ModelEventRecord;
import io.trendflow.serving.store.ProductKeyword;
import io.trendflow.serving.store.RowSelection;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.SignalRecord;
import io.trendflow.serving.store.SoldDays;
import io.trendflow.serving.store.UnavailableException;
import io.trendflow.serving.store.UnreadableException;
import io.trendflow.serving.store.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Loads the data that belongs to a run besides its scores. A part that can't be read is left empty
 * and reported as a problem. If the store is unavailable, loading fails instead, because an empty
 * part would stay empty after the store is available again.
 */
final class RunContextLoader {
  private final Warehouse warehouse;
  private final Run run;
  private final List<String> problems = new ArrayList<>();

  private interface Part {
    void read() throws UnreadableException;
  }

  RunContextLoader(Warehouse warehouse, Run run) {
    this.warehouse = warehouse;
    this.run = run;
  }

  /** Returns a sentence for each part that could not be read. */
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

  /** Loads the scores of earlier runs, one run for each as_of. */
  PastScores past(ByProduct<ScoreRecord> scores, List<Run> runs) throws UnavailableException {
    PastScores past = new PastScores(scores);
    Set<Object> days = new TreeSet<>(Set.of(run.asOf()));
    List<Run> earlier =
        runs.stream()
            .filter(r -> r.horizonDays() == run.horizonDays())
            .filter(r -> r.asOf().isBefore(run.asOf()) && days.add(r.asOf()))
            .limit(RunSnapshot.PAST_RUNS)
            .toList();
    for (Run one : earlier) {
      part("The history of run " + one.title(), () -> past(one, past));
    }
    return past;
  }

  private void past(Run earlier, PastScores past) throws UnreadableException {
    PastScores.OfRun ofRun = past.begin(earlier);
    warehouse.read(
        RowSelection.batches(Table.SCORES, List.of(earlier.runId()))
            .orderedBy("product_id", "market"),
        PastScores.Row.class,
        ofRun::add);
  }

  CatalogSnapshot catalogue() throws UnavailableException {
    CatalogSnapshot catalogue = new CatalogSnapshot(Run.endOf(run.asOf()));
    RowSelection entries =
        RowSelection.batches(Table.CATALOG, run.ingestIds())
            .orderedBy("product_id", "market", "available_at");
    part("The catalogue", () -> warehouse.read(entries, CatalogRecord.class, catalogue::add));
    catalogue.end();
    return catalogue;
  }

  StockSnapshot stock() throws UnavailableException {
    StockSnapshot stock = new StockSnapshot(Run.endOf(run.asOf()));
    RowSelection levels =
        RowSelection.batches(Table.STOCK_LEVELS, run.ingestIds())
            .since("stock_date", run.asOf().minusDays(StockPosition.CURRENT_DAYS))
            .orderedBy("product_id", "market", "source", "stock_date", "available_at");
    part("The stock", () -> warehouse.read(levels, StockRecord.class, stock::add));
    stock.end();
    return stock;
  }

  CalendarPulls calendar() throws UnavailableException {
    CalendarPulls pulls = new CalendarPulls();
    RowSelection all = RowSelection.batches(Table.CALENDAR, run.ingestIds());
    part("The calendar", () -> warehouse.read(all, CalendarRecord.Pull.class, pulls::add));
    return pulls;
  }

  ByProduct<SoldDays> sold() throws UnavailableException {
    ByProduct<SoldDays> sold = new ByProduct<>(SoldDays.class);
    DayRange recent = ProductState.recentDays(EpochTimes.day(run.lastSalesDay()));
    part(
        "The sales",
        () -> warehouse.soldDays(run.ingestIds(), Run.endOf(run.asOf()), recent, sold::add));
    sold.end();
    return sold;
  }

  /** Fills a finder with the keywords and the observations of the trends. */
  MoverFinder trends(ByProduct<ScoreRecord> scores) throws UnavailableException {
    MoverFinder movers = new MoverFinder(run.asOf(), scores);
    RowSelection keywords = RowSelection.batches(Table.PRODUCT_KEYWORDS, List.of(run.runId()));
    RowSelection signals =
        RowSelection.batches(Table.SIGNALS, run.ingestIds())
            .since("observed_on", run.asOf().minusDays(Mover.DAYS))
            .orderedBy("source", "metric", "keyword", "geo");
    part(
        "The trends",
        () -> {
          warehouse.read(keywords, ProductKeyword.class, movers::add);
          warehouse.read(signals, SignalRecord.class, movers::add);
        });
    return movers;
  }

  List<Model> models() throws UnavailableException {
    List<ModelEventRecord> events = new ArrayList<>();
    List<Model.Importance> importances = new ArrayList<>();
    part(
        "The models",
        () -> {
          warehouse.read(RowSelection.all(Table.MODELS), ModelEventRecord.class, events::add);
          String artifact = ModelEventRecord.artifact(events, run.modelId());
          if (artifact != null) {
            importances.addAll(Model.importances(warehouse.artifact(artifact)));
          }
        });
    return Model.of(events, run, importances);
  }

  List<IngestRecord> ingests() throws UnavailableException {
    List<IngestRecord> ingests = new ArrayList<>();
    RowSelection own = RowSelection.batches(Table.INGESTS, run.ingestIds());
    part("The ingests", () -> warehouse.read(own, IngestRecord.class, ingests::add));
    return ingests;
  }
}
