package io.trendflow.serving.snapshot;

import io.micronaut.context.annotation.Context;
import io.micronaut.scheduling.annotation.Scheduled;
import io.trendflow.schemas.Visibility;
import io.trendflow.schemas.Visibility.RunRow;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.UnreadableException;
import io.trendflow.serving.store.Warehouse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the run that the service serves, and replaces it atomically when a later run has been
 * loaded completely or the served run is retracted. A run that can't be read is skipped, and the
 * service keeps the run that it has.
 */
@Context
public class LatestRun {
  private static final Logger LOG = LoggerFactory.getLogger(LatestRun.class);

  private static final int MOST_PAUSE = 64;

  private final Warehouse warehouse;
  private final MaxAge maxAge;
  private volatile ServingState served = ServingState.LOADING;
  private MonitoringState monitoring = MonitoringState.NONE;
  private int pause = 1;
  private int rest;
  private List<String> reported = List.of();

  LatestRun(Warehouse warehouse, MaxAge maxAge) {
    this.warehouse = warehouse;
    this.maxAge = maxAge;
  }

  public ServingState served() {
    return served;
  }

  /** Loads a later run if there is one. Runs while the server starts, then on schedule. */
  @Scheduled(fixedDelay = "${trendflow.refresh}")
  public synchronized void refresh() {
    List<String> unread = readMonitoring();
    ServingState next = next(served, unread);
    if (!next.version().equals(served.version())) {
      served = next;
    }
    report();
  }

  /** Returns a sentence if the monitorings can't be read; the state before then remains. */
  private List<String> readMonitoring() {
    try {
      monitoring = MonitoringState.read(warehouse, monitoring);
      return List.of();
    } catch (UnreadableException e) {
      return List.of("The outcomes of earlier runs can't be read: " + e.getMessage() + ".");
    }
  }

  private ServingState next(ServingState present, List<String> unread) {
    Warehouse.Commits commits;
    try {
      commits = warehouse.commits();
    } catch (UnreadableException e) {
      return served(present.snapshot(), present.runs(), List.of(e.getMessage()));
    }
    List<RunRow> rows =
        commits.runs().stream()
            .map(run -> new RunRow(run.runId(), run.retracted(), run.hindsight()))
            .toList();
    Set<String> visible = Visibility.runs(rows);
    List<Run> runs =
        commits.runs().stream()
            .filter(run -> visible.contains(run.runId()))
            .sorted(Run.LATEST_FIRST)
            .toList();
    RunSnapshot snapshot = present.snapshot();
    boolean keep = snapshot != null && !Visibility.retracted(rows).contains(snapshot.run().runId());
    return latest(
        runs,
        keep ? snapshot : null,
        Stream.concat(commits.problems().stream(), unread.stream()).toList());
  }

  private ServingState latest(
      List<Run> runs, @Nullable RunSnapshot present, List<String> problems) {
    List<String> refused = new ArrayList<>(problems);
    for (Run run : runs) {
      if (present != null && Run.LATEST_FIRST.compare(present.run(), run) <= 0) {
        break;
      }
      try {
        return served(new SnapshotLoader(warehouse, run, runs).load(), runs, refused);
      } catch (UnreadableException e) {
        refused.add("Run " + run.title() + " is refused: " + e.getMessage() + ".");
      }
    }
    return served(present == null ? null : again(present, runs), runs, refused);
  }

  /**
   * Loads a run again if a part of it could not be read, since the part may have been repaired. The
   * pauses between the attempts double, up to 64 refreshes.
   */
  private RunSnapshot again(RunSnapshot present, List<Run> runs) {
    if (present.problems().isEmpty()) {
      pause = 1;
      rest = 0;
      return present;
    }
    rest--;
    if (rest > 0) {
      return present;
    }
    rest = pause;
    pause = Math.min(2 * pause, MOST_PAUSE);
    try {
      return new SnapshotLoader(warehouse, present.run(), runs).load();
    } catch (UnreadableException e) {
      return present;
    }
  }

  private ServingState served(
      @Nullable RunSnapshot snapshot, List<Run> runs, List<String> problems) {
    List<String> all = new ArrayList<>(problems);
    if (snapshot != null) {
      all.addAll(snapshot.problems());
      all.addAll(maxAge.exceeded(snapshot.run(), LocalDate.now(ZoneOffset.UTC)));
    }
    return new ServingState(snapshot, runs, monitoring, all);
  }

  private void report() {
    List<String> sentences = served.sentences();
    sentences.stream().filter(sentence -> !reported.contains(sentence)).forEach(LOG::info);
    reported = sentences;
  }
}
