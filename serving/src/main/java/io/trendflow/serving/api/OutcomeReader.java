package io.trendflow.serving.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.trendflow.history.Lifecycle;
import io.trendflow.schemas.FirstProducts;
import io.trendflow.schemas.Table;
import io.trendflow.serving.snapshot.OutcomeRecord;
import io.trendflow.serving.store.RowSelection;
import io.trendflow.serving.store.UnreadableException;
import io.trendflow.serving.store.Warehouse;
import io.trendflow.serving.web.ProblemException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Reads the outcomes of a run's first products from the warehouse, once for each monitoring. */
@Singleton
final class OutcomeReader {
  private static final int MOST_KEPT = 100;

  private final Warehouse warehouse;
  private final Cache<Judged, List<OutcomeRecord>> kept =
      Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

  private final Cache<Products, List<OutcomeRecord>> ofProducts =
      Caffeine.newBuilder().maximumSize(1).build();

  private final Cache<SortedMap<String, String>, List<OutcomeRecord>> ofLaunches =
      Caffeine.newBuilder().maximumSize(1).build();

  private record Products(SortedMap<String, String> monitors, SortedSet<String> productIds) {}

  private record Judged(String monitorId, String runId) {}

  OutcomeReader(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Returns the outcomes of the first 50 products of each market, by market and rank.
   *
   * @param monitorId monitoring whose outcomes of the run count
   * @throws ProblemException status 503 if the store can't be read
   */
  List<OutcomeRecord> first(String monitorId, String runId) {
    return kept.get(new Judged(monitorId, runId), this::read);
  }

  /**
   * Returns the outcomes of some products in all judged runs.
   *
   * @param monitors id of the monitoring whose outcomes of a run count, by the run's id
   * @throws ProblemException status 503 if the store can't be read
   */
  List<OutcomeRecord> of(SortedMap<String, String> monitors, SortedSet<String> productIds) {
    if (monitors.isEmpty() || productIds.isEmpty()) {
      return List.of();
    }
    return ofProducts.get(new Products(monitors, productIds), this::read);
  }

  /**
   * Returns the outcomes of all forecasts that were made before the first sale.
   *
   * @param monitors id of the monitoring whose outcomes of a run count, by the run's id
   * @throws ProblemException status 503 if the store can't be read
   */
  List<OutcomeRecord> ofLaunches(SortedMap<String, String> monitors) {
    return monitors.isEmpty() ? List.of() : ofLaunches.get(monitors, this::readLaunches);
  }

  /**
   * Reads the outcomes that count.
   *
   * @param monitors id of the monitoring whose outcomes of a run count, by the run's id
   * @param where restricts the rows
   */
  static List<OutcomeRecord> counting(
      Warehouse warehouse, SortedMap<String, String> monitors, UnaryOperator<RowSelection> where)
      throws UnreadableException {
    List<OutcomeRecord> outcomes = new ArrayList<>();
    List<String> batches = List.copyOf(new TreeSet<>(monitors.values()));
    warehouse.read(
        where.apply(RowSelection.batches(Table.OUTCOMES, batches)),
        OutcomeRecord.class,
        outcome -> {
          if (outcome.monitorId().equals(monitors.get(outcome.runId()))) {
            outcomes.add(outcome);
          }
        });
    return outcomes;
  }

  private List<OutcomeRecord> read(Products products) {
    return read(products.monitors(), rows -> rows.where("product_id", products.productIds()));
  }

  private List<OutcomeRecord> readLaunches(SortedMap<String, String> monitors) {
    return read(monitors, rows -> rows.where("lifecycle", List.of(Lifecycle.LAUNCH.label())));
  }

  private List<OutcomeRecord> read(
      SortedMap<String, String> monitors, UnaryOperator<RowSelection> where) {
    try {
      return List.copyOf(counting(warehouse, monitors, where));
    } catch (UnreadableException e) {
      throw ProblemException.unreadable("outcomes", e);
    }
  }

  private List<OutcomeRecord> read(Judged judged) {
    List<OutcomeRecord> first = new ArrayList<>();
    try {
      warehouse.read(
          RowSelection.batches(Table.OUTCOMES, List.of(judged.monitorId()))
              .where("run_id", List.of(judged.runId()))
              .orderedBy("market", "rank"),
          OutcomeRecord.class,
          outcome -> {
            if (outcome.rank() <= FirstProducts.MOST) {
              first.add(outcome);
            }
          });
      return List.copyOf(first);
    } catch (UnreadableException e) {
      throw ProblemException.unreadable("outcomes", e);
    }
  }
}
