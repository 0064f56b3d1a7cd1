package io.trendflow.serving.decision;

import io.micronaut.http.HttpStatus;
import io.micronaut.scheduling.annotation.Scheduled;
import io.trendflow.schemas.Table;
import io.trendflow.serving.store.RowSelection;
import io.trendflow.serving.store.UnreadableException;
import io.trendflow.serving.store.Warehouse;
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.ProblemException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decisions in the order of their times, as read from the store and added since. */
@Singleton
public class DecisionLog {
  private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);

  private static final Comparator<Decision> EARLIEST_FIRST =
      Comparator.comparing(Decision::decidedAt).thenComparing(Decision::decisionId);

  private final Warehouse warehouse;
  private volatile List<Decision> decisions = List.of();

  DecisionLog(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /** Reads the decisions, which other instances of the service may add to as well. */
  @Scheduled(fixedDelay = "${trendflow.refresh}")
  synchronized void refresh() {
    try {
      decisions = read();
    } catch (UnreadableException e) {
      LOG.warn("The decisions can't be read: {}.", e.getMessage());
    }
  }

  private List<Decision> read() throws UnreadableException {
    List<Decision> all = new ArrayList<>();
    warehouse.read(RowSelection.all(Table.DECISIONS), Decision.class, all::add);
    all.sort(EARLIEST_FIRST);
    return List.copyOf(all);
  }

  /**
   * Adds a decision, or returns the one that an equal request has added before.
   *
   * @throws ProblemException status 409 if another request with the same id was different, 404 if
   *     the decision to undo does not exist, 503 if the store can't be written
   */
  public synchronized Decision add(Decision decision) {
    try {
      List<Decision> known = read(); // another instance may have added it
      Map<String, Decision> byId = new HashMap<>();
      known.forEach(one -> byId.put(one.decisionId(), one));
      Decision before = byId.get(decision.decisionId());
      if (before != null) {
        return same(before, decision);
      }
      requireUndoable(byId, decision);
      warehouse.add(Table.DECISIONS, decision.decisionId(), decision);
      decisions =
          Stream.concat(known.stream(), Stream.of(decision)).sorted(EARLIEST_FIRST).toList();
      return decision;
    } catch (UnreadableException e) {
      throw new ProblemException(
          ProblemBody.of(
              HttpStatus.SERVICE_UNAVAILABLE,
              "The decision was not stored: " + e.getMessage() + "."));
    }
  }

  private static Decision same(Decision before, Decision again) {
    if (!before.sameAs(again)) {
      throw ProblemException.conflict(
          "The Idempotency-Key was used for another decision: use a new one for each decision.");
    }
    return before;
  }

  private static void requireUndoable(Map<String, Decision> byId, Decision decision) {
    String undoes = decision.undoes();
    Decision undone = undoes == null ? null : byId.get(undoes);
    if (undoes != null && (undone == null || !undone.market().equals(decision.market()))) {
      throw new ProblemException(
          ProblemBody.of(
              HttpStatus.NOT_FOUND,
              "Decision '" + undoes + "' does not exist and can't be undone."));
    }
  }

  /** Returns a text that changes whenever a decision is added. */
  public String version() {
    List<Decision> all = decisions;
    return all.isEmpty() ? "" : all.size() + " " + all.get(all.size() - 1).decisionId();
  }

  /** Returns all decisions, the earliest first. */
  public List<Decision> all() {
    return decisions;
  }

  /** Returns the decisions that are neither undone nor undo another one, the earliest first. */
  public List<Decision> standing() {
    List<Decision> all = decisions;
    Set<String> undone =
        all.stream().map(Decision::undoes).flatMap(Stream::ofNullable).collect(Collectors.toSet());
    return all.stream()
        .filter(decision -> decision.undoes() == null && !undone.contains(decision.decisionId()))
        .toList();
  }
}
