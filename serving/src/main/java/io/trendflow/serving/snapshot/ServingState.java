package io.trendflow.serving.snapshot;

import io.trendflow.serving.store.Run;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * State of the service at an instant.
 *
 * @param snapshot snapshot of the served run; null if no run is served
 * @param runs runs that are neither retracted nor in hindsight, the latest first
 * @param monitoring outcomes of earlier runs
 * @param problems a sentence for each reason why the answers are degraded, except the run's own
 *     reasons
 * @param version changes whenever an answer can change
 */
public record ServingState(
    @Nullable RunSnapshot snapshot,
    List<Run> runs,
    MonitoringState monitoring,
    List<String> problems,
    String version) {
  /** State until the first look at the store has ended. */
  static final ServingState LOADING =
      new ServingState(
          null,
          List.of(),
          MonitoringState.NONE,
          List.of("The latest run is being loaded: try again in a few seconds."));

  ServingState(
      @Nullable RunSnapshot snapshot,
      List<Run> runs,
      MonitoringState monitoring,
      List<String> problems) {
    this(
        snapshot,
        List.copyOf(runs),
        monitoring,
        List.copyOf(problems),
        version(List.of(snapshot == null ? "" : snapshot.run(), runs, monitoring.ids(), problems)));
  }

  /** Returns the state in which an earlier run is served instead. */
  public ServingState at(RunSnapshot earlier) {
    return new ServingState(earlier, runs, monitoring, List.of());
  }

  private static String version(Object content) {
    byte[] text = content.toString().getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(text).toString();
  }

  /** Returns whether the first look at the store has not ended yet. */
  public boolean loading() {
    return equals(LOADING);
  }

  /** Returns the reason why no run is served, and what to do. */
  public String whyNothing() {
    if (loading()) {
      return problems.get(0);
    }
    return problems.isEmpty()
        ? "No scoring run is published yet: run bin/trendflow ingest, train and score; the service"
            + " then loads the run by itself."
        : "No run can be served: " + String.join(" ", problems);
  }

  /** Returns whether the answers are degraded, for a reason of the run or of the store. */
  public boolean degraded() {
    return !problems.isEmpty() || snapshot == null || snapshot.run().degraded();
  }

  /** Returns the reasons why the answers are degraded, one sentence each. */
  public List<String> degradedReasons() {
    Stream<String> own = snapshot == null ? Stream.of() : snapshot.run().degradedReasons().stream();
    return Stream.concat(own, problems.stream()).toList();
  }

  /** Returns sentences for the log about the served run and the problems. */
  List<String> sentences() {
    if (snapshot == null) {
      return List.of(whyNothing());
    }
    String served =
        "Serving run " + snapshot.run().title() + ", " + snapshot.scores().rows().size() + " rows.";
    return Stream.concat(Stream.of(served), problems.stream()).toList();
  }
}
