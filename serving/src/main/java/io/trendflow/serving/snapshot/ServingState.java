package io.trendflow.serving.snapshot;

import io.micronaut.http.HttpStatus;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is served at a moment.
 *
 * @param snapshot null while there is none
 * @param runs every run that is neither retracted nor in hindsight, the latest first
 * @param problems a sentence for each thing that is less than it should be, but for the run's own
 * @param version changes whenever an answer could
 */
public record ServingState(
    @Nullable RunSnapshot snapshot, List<Run> runs, List<String> problems, String version) {
  /** Before the first look at the store has ended. */
  static final ServingState LOADING =
      new ServingState(
          null, List.of(), List.of("The latest run is being loaded: ask again in a few seconds."));

  ServingState(@Nullable RunSnapshot snapshot, List<Run> runs, List<String> problems) {
    this(
        snapshot,
        List.copyOf(runs),
        List.copyOf(problems),
        version(List.of(snapshot == null ? "" : snapshot.run(), runs, problems)));
  }

  private static String version(Object content) {
    byte[] text = content.toString().getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(text).toString();
  }

  /**
   * The snapshot, for an answer that can't be without.
   *
   * @throws ProblemException 503 with the sentence of {@link #whyNothing()}
   */
  public RunSnapshot required() {
    if (snapshot == null) {
      throw new ProblemException(ProblemBody.of(HttpStatus.SERVICE_UNAVAILABLE, whyNothing()));
    }
    return snapshot;
  }

  /** Why there is no snapshot and what to do. */
  public String whyNothing() {
    if (equals(LOADING)) {
      return problems.get(0);
    }
    return problems.isEmpty()
        ? "No scoring run is published yet: run bin/trendflow ingest, train and score; the run then"
            + " appears here by itself."
        : "No run can be served: " + String.join(" ", problems);
  }

  /** Whether the answers are less than they should be, for the run's reasons or the store's. */
  public boolean degraded() {
    return !problems.isEmpty() || snapshot == null || snapshot.run().degraded();
  }

  /** Why, a sentence each. */
  public List<String> degradedReasons() {
    Stream<String> own = snapshot == null ? Stream.of() : snapshot.run().degradedReasons().stream();
    return Stream.concat(own, problems.stream()).toList();
  }

  /** What is served and what was refused, for the log. */
  List<String> sentences() {
    if (snapshot == null) {
      return List.of(whyNothing());
    }
    String served =
        "Serving run " + snapshot.run().title() + ", " + snapshot.scores().rows().size() + " rows.";
    return Stream.concat(Stream.of(served), problems.stream()).toList();
  }
}
