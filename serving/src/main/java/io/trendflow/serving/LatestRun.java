package io.trendflow.serving;

import io.micronaut.context.annotation.Context;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PostConstruct;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The run that is served now. It changes in one step, when a later run could be read as a whole or
 * the present one was retracted. A run that can't be read is refused and the present one stays.
 */
@Context
class LatestRun {
  private static final Logger LOG = LoggerFactory.getLogger(LatestRun.class);

  private final DuckDbWarehouse warehouse;
  private volatile Served served = Served.NOTHING;
  private List<String> reported = List.of();

  LatestRun(DuckDbWarehouse warehouse) {
    this.warehouse = warehouse;
  }

  Served served() {
    return served;
  }

  /** Looks for a later run. */
  @PostConstruct
  @Scheduled(fixedDelay = "${trendflow.refresh}", initialDelay = "${trendflow.refresh}")
  synchronized void refresh() {
    served = next(served.snapshot());
    report();
  }

  private Served next(@Nullable Snapshot present) {
    DuckDbWarehouse.Commits commits;
    try {
      commits = warehouse.commits();
    } catch (UnreadableException e) {
      return new Served(present, List.of(e.getMessage()));
    }
    Set<String> retracted =
        commits.runs().stream().filter(Run::retracted).map(Run::runId).collect(Collectors.toSet());
    List<Run> candidates =
        commits.runs().stream()
            .filter(run -> !run.hindsight() && !retracted.contains(run.runId()))
            .sorted(Run.LATEST_FIRST)
            .toList();
    boolean keep = present != null && !retracted.contains(present.run().runId());
    return latest(candidates, keep ? present : null, commits.problems());
  }

  /** The first candidate that can be read, unless the present one is as late. */
  private Served latest(List<Run> candidates, @Nullable Snapshot present, List<String> problems) {
    List<String> refused = new ArrayList<>(problems);
    for (Run run : candidates) {
      if (present != null && Run.LATEST_FIRST.compare(present.run(), run) <= 0) {
        break;
      }
      try {
        return new Served(Snapshot.of(run, warehouse.scores(run)), refused);
      } catch (UnreadableException e) {
        refused.add("Run " + run.title() + " is refused: " + e.getMessage() + ".");
      }
    }
    return new Served(present, refused);
  }

  private void report() {
    List<String> sentences = served.sentences();
    sentences.stream().filter(sentence -> !reported.contains(sentence)).forEach(LOG::info);
    reported = sentences;
  }
}
